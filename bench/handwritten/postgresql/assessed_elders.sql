WITH home AS (
    SELECT DISTINCT ON (resident) resident, organisation
    FROM residency
    WHERE started_on <= DATE '2026-06-30' AND (ended_on IS NULL OR ended_on >= DATE '2026-06-30')
    ORDER BY resident, started_on DESC, id DESC
), members AS (
    SELECT home.organisation, r.sex, age_band(r.birth_date) AS age_band,
        CASE WHEN self_care_score < 4 THEN '1' WHEN self_care_score < 9 THEN '2' WHEN self_care_score < 19 THEN '3' ELSE '4' END AS self_care
    FROM (
        SELECT DISTINCT ON (resident) resident, self_care_score
        FROM elderly_assessment
        WHERE assessed_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND self_care_score IS NOT NULL
        ORDER BY resident, assessed_on DESC, id DESC
    ) a
    JOIN resident r ON r.resident = a.resident
    JOIN home ON home.resident = a.resident
    WHERE (r.died_on IS NULL OR r.died_on > DATE '2026-06-30') AND r.birth_date <= DATE '1961-12-31' AND home.organisation IS NOT NULL
)
SELECT organisation,
    CASE WHEN grouping(sex) = 0 THEN 'sex:' || coalesce(sex, '') WHEN grouping(age_band) = 0 THEN 'age_band:' || age_band
        WHEN grouping(self_care) = 0 THEN 'self_care:' || self_care ELSE '' END AS category,
    count(*) AS members,
    count(*) AS "elderly.assessed.n",
    count(*) FILTER (WHERE self_care = '2') AS "elderly.mildly_dependent.n",
    count(*) FILTER (WHERE self_care = '3') AS "elderly.moderately_dependent.n",
    count(*) FILTER (WHERE self_care = '4') AS "elderly.unable.n",
    count(*) FILTER (WHERE self_care IN ('2', '3', '4')) AS "elderly.dependence.n",
    count(*) AS "elderly.dependence.d"
FROM members
GROUP BY GROUPING SETS ((organisation), (organisation, sex), (organisation, age_band), (organisation, self_care));
