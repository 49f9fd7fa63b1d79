WITH home AS (
    SELECT DISTINCT ON (resident) resident, organisation
    FROM residency
    WHERE started_on <= DATE '2026-06-30' AND (ended_on IS NULL OR ended_on >= DATE '2026-06-30')
    ORDER BY resident, started_on DESC, id DESC
), patient AS (
    SELECT c.resident, c.enrolled_on, r.sex, r.birth_date, home.organisation
    FROM (
        SELECT DISTINCT ON (resident) resident, enrolled_on
        FROM diabetes_case
        WHERE enrolled_on <= DATE '2026-06-30' AND (closed_on IS NULL OR closed_on > DATE '2026-06-30')
        ORDER BY resident, enrolled_on DESC, id DESC
    ) c
    JOIN resident r ON r.resident = c.resident
    JOIN home ON home.resident = c.resident
    WHERE (r.died_on IS NULL OR r.died_on > DATE '2026-06-30') AND r.birth_date <= DATE '2026-06-30' AND home.organisation IS NOT NULL
), last_due AS (
    SELECT DISTINCT ON (resident) resident, visited_on, next_due_on
    FROM diabetes_follow_up
    WHERE visited_on <= DATE '2026-06-30' AND next_due_on IS NOT NULL
    ORDER BY resident, visited_on DESC, id DESC
), last_visit AS (
    SELECT DISTINCT ON (resident) resident, fasting_glucose
    FROM diabetes_follow_up
    WHERE visited_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30'
    ORDER BY resident, visited_on DESC, id DESC
), met AS (
    SELECT resident, count(*) AS visits
    FROM diabetes_follow_up
    WHERE visited_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND way IN ('1', '2') AND outcome = '1'
    GROUP BY resident
), examined AS (
    SELECT resident FROM examination WHERE examined_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND complete
), members AS (
    SELECT p.organisation, p.sex, age_band(p.birth_date) AS age_band,
        coalesce(m.visits, 0) >= least(4, full_months(greatest(p.enrolled_on, DATE '2026-01-01'), DATE '2026-07-01') / 3) AS on_schedule,
        coalesce(m.visits, 0) >= least(4, full_months(greatest(p.enrolled_on, DATE '2026-01-01'), DATE '2027-01-01') / 3)
            AND p.resident IN (SELECT resident FROM examined) AS standard,
        l.fasting_glucose < 70 AS controlled,
        CASE WHEN d.visited_on >= p.enrolled_on THEN d.next_due_on ELSE (p.enrolled_on + INTERVAL '3 months')::DATE END < DATE '2026-06-23' AS overdue
    FROM patient p
    LEFT JOIN met m ON m.resident = p.resident
    LEFT JOIN last_visit l ON l.resident = p.resident
    LEFT JOIN last_due d ON d.resident = p.resident
)
SELECT organisation,
    CASE WHEN grouping(sex) = 0 THEN 'sex:' || coalesce(sex, '') WHEN grouping(age_band) = 0 THEN 'age_band:' || age_band ELSE '' END AS category,
    count(*) AS members,
    count(*) AS "diabetes.managed.n",
    count(*) FILTER (WHERE on_schedule) AS "diabetes.standard_by_pace.n",
    count(*) AS "diabetes.standard_by_pace.d",
    count(*) FILTER (WHERE standard) AS "diabetes.standard.n",
    count(*) AS "diabetes.standard.d",
    count(*) FILTER (WHERE controlled) AS "diabetes.controlled.n",
    count(*) AS "diabetes.controlled.d",
    count(*) FILTER (WHERE overdue) AS "diabetes.overdue.n"
FROM members
GROUP BY GROUPING SETS ((organisation), (organisation, sex), (organisation, age_band));
