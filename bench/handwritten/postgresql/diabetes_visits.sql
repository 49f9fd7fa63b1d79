SELECT t.organisation,
    CASE WHEN grouping(r.sex) = 0 THEN 'sex:' || coalesce(r.sex, '') WHEN grouping(band) = 0 THEN 'age_band:' || band
        WHEN grouping(t.way) = 0 THEN 'way:' || coalesce(t.way, '') ELSE '' END AS category,
    count(*) AS members,
    count(*) AS "diabetes.visits.n"
FROM (
    SELECT * FROM diabetes_follow_up WHERE visited_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND outcome = '1'
) t
JOIN (SELECT resident, sex, age_band(birth_date) AS band FROM resident) r ON r.resident = t.resident
WHERE t.organisation IS NOT NULL
GROUP BY GROUPING SETS ((t.organisation), (t.organisation, r.sex), (t.organisation, band), (t.organisation, t.way));
