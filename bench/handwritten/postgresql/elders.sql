WITH home AS (
    SELECT DISTINCT ON (resident) resident, organisation
    FROM residency
    WHERE started_on <= DATE '2026-06-30' AND (ended_on IS NULL OR ended_on >= DATE '2026-06-30')
    ORDER BY resident, started_on DESC, id DESC
), assessed AS (
    SELECT resident,
        max(assessed_on) FILTER (WHERE assessed_on < DATE '2026-01-01') AS last_before,
        bool_or(assessed_on >= DATE '2026-01-01' AND self_care_score IS NOT NULL AND guidance_given) AS guided
    FROM elderly_assessment
    WHERE assessed_on <= DATE '2026-06-30'
    GROUP BY resident
), examined AS (
    SELECT resident FROM examination
    WHERE examined_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND complete AND tests_complete
), evaluated AS (
    SELECT DISTINCT ON (resident) resident, evaluation
    FROM examination
    WHERE examined_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND evaluation IS NOT NULL
    ORDER BY resident, examined_on DESC, id DESC
), screened AS (
    SELECT resident, (array_agg(cognition_screen ORDER BY assessed_on DESC, id DESC) FILTER (WHERE cognition_screen IS NOT NULL))[1] = '2' AS forgetful,
        (array_agg(emotion_screen ORDER BY assessed_on DESC, id DESC) FILTER (WHERE emotion_screen IS NOT NULL))[1] = '2' AS low_spirited
    FROM elderly_assessment
    WHERE assessed_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30'
    GROUP BY resident
), members AS (
    SELECT home.organisation, r.sex, age_band(r.birth_date) AS age_band,
        coalesce(h.opened_on <= DATE '2026-06-30' AND (h.closed_on IS NULL OR h.closed_on > DATE '2026-06-30'), false)
            AND coalesce(a.guided, false) AND r.resident IN (SELECT resident FROM examined) AS managed,
        r.resident IN (SELECT resident FROM examined) AS examined,
        coalesce(a.last_before <= DATE '2025-06-30', false) AS due,
        e.evaluation, s.forgetful, s.low_spirited
    FROM resident r
    JOIN home ON home.resident = r.resident
    LEFT JOIN health_record h ON h.resident = r.resident
    LEFT JOIN assessed a ON a.resident = r.resident
    LEFT JOIN evaluated e ON e.resident = r.resident
    LEFT JOIN screened s ON s.resident = r.resident
    WHERE (r.died_on IS NULL OR r.died_on > DATE '2026-06-30') AND r.birth_date <= DATE '1961-12-31' AND home.organisation IS NOT NULL
)
SELECT organisation,
    CASE WHEN grouping(sex) = 0 THEN 'sex:' || coalesce(sex, '') WHEN grouping(age_band) = 0 THEN 'age_band:' || age_band ELSE '' END AS category,
    count(*) AS members,
    count(*) AS "elderly.population.n",
    count(*) FILTER (WHERE managed) AS "elderly.managed.n",
    count(*) FILTER (WHERE managed) AS "elderly.management.n",
    count(*) AS "elderly.management.d",
    count(*) FILTER (WHERE managed OR NOT due) AS "elderly.management_by_pace.n",
    count(*) AS "elderly.management_by_pace.d",
    count(*) FILTER (WHERE examined) AS "elderly.examined.n",
    count(*) FILTER (WHERE due AND NOT managed) AS "elderly.overdue.n",
    count(*) FILTER (WHERE evaluation = '2') AS "elderly.abnormal.n",
    count(evaluation) AS "elderly.abnormal.d",
    count(*) FILTER (WHERE forgetful) AS "elderly.cognition_positive.n",
    count(*) FILTER (WHERE low_spirited) AS "elderly.mood_positive.n"
FROM members
GROUP BY GROUPING SETS ((organisation), (organisation, sex), (organisation, age_band));
