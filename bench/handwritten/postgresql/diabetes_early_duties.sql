WITH last_case AS (
    SELECT DISTINCT ON (resident) resident, closed_on
    FROM diabetes_case
    WHERE enrolled_on <= DATE '2026-06-30'
    ORDER BY resident, enrolled_on DESC, id DESC
), members AS (
    SELECT v.organisation, r.sex, age_band(r.birth_date) AS age_band,
        v.answered_on <= least(v.next_due_on, DATE '2026-06-30') AS answered,
        (r.died_on IS NULL OR r.died_on > v.next_due_on) AND (c.closed_on IS NULL OR c.closed_on > v.next_due_on) AS there
    FROM diabetes_follow_up v
    JOIN resident r ON r.resident = v.resident
    LEFT JOIN last_case c ON c.resident = v.resident
    WHERE v.visit_class <> '0' AND v.due_reason IN ('two_weeks_uncontrolled', 'two_weeks_adverse', 'referral')
        AND v.next_due_on BETWEEN DATE '2026-01-01' AND DATE '2026-06-30' AND v.organisation IS NOT NULL
)
SELECT organisation,
    CASE WHEN grouping(sex) = 0 THEN 'sex:' || coalesce(sex, '') WHEN grouping(age_band) = 0 THEN 'age_band:' || age_band ELSE '' END AS category,
    count(*) AS members,
    count(*) FILTER (WHERE answered AND there) AS "diabetes.early_on_time.n",
    count(*) FILTER (WHERE there) AS "diabetes.early_on_time.d"
FROM members
GROUP BY GROUPING SETS ((organisation), (organisation, sex), (organisation, age_band));
