SELECT t.organisation,
    CASE WHEN grouping(r.sex) = 0 THEN 'sex:' || coalesce(r.sex, '') WHEN grouping(band) = 0 THEN 'age_band:' || band ELSE '' END AS category,
    count(*) AS members,
    count(*) AS "hypertension.enrolled.n"
FROM (SELECT * FROM hypertension_case WHERE enrolled_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30') t
JOIN (SELECT resident, sex, age_band(birth_date) AS band FROM resident) r ON r.resident = t.resident
WHERE t.organisation IS NOT NULL
GROUP BY GROUPING SETS ((t.organisation), (t.organisation, r.sex), (t.organisation, band));
