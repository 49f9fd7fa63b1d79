-- Sums by organisation to sums by place: every organisation counts with itself and with all places above it.
SELECT place, category, sum(COLUMNS(* EXCLUDE (place, organisation, category)))
FROM leaf JOIN above USING (organisation)
GROUP BY place, category;
