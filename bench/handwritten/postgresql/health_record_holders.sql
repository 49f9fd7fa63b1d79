WITH home AS (
    SELECT DISTINCT ON (resident) resident, organisation
    FROM residency
    WHERE started_on <= DATE '2026-06-30' AND (ended_on IS NULL OR ended_on >= DATE '2026-06-30')
    ORDER BY resident, started_on DESC, id DESC
), served AS (
    SELECT resident FROM examination WHERE examined_on > DATE '2025-06-30' AND examined_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM service_record WHERE served_on > DATE '2025-06-30' AND served_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM hypertension_follow_up WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM diabetes_follow_up WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM copd_follow_up WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM elderly_assessment WHERE assessed_on > DATE '2025-06-30' AND assessed_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM constitution WHERE assessed_on > DATE '2025-06-30' AND assessed_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM vaccination WHERE given_on > DATE '2025-06-30' AND given_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM newborn_visit WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM infant_check WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM toddler_check WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM preschool_check WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM child_medicine WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM antenatal_visit WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM postnatal_visit WHERE visited_on > DATE '2025-06-30' AND visited_on <= DATE '2026-06-30'
    UNION ALL
    SELECT resident FROM final_check WHERE checked_on > DATE '2025-06-30' AND checked_on <= DATE '2026-06-30'
), members AS (
    SELECT home.organisation, r.sex, age_band(r.birth_date) AS age_band, h.electronic, h.complete,
        r.resident IN (SELECT resident FROM served) AS active
    FROM resident r
    JOIN health_record h ON h.resident = r.resident
    JOIN home ON home.resident = r.resident
    WHERE (r.died_on IS NULL OR r.died_on > DATE '2026-06-30') AND r.birth_date <= DATE '2026-06-30'
        AND h.opened_on <= DATE '2026-06-30' AND (h.closed_on IS NULL OR h.closed_on > DATE '2026-06-30')
        AND home.organisation IS NOT NULL
)
SELECT organisation,
    CASE WHEN grouping(sex) = 0 THEN 'sex:' || coalesce(sex, '') WHEN grouping(age_band) = 0 THEN 'age_band:' || age_band ELSE '' END AS category,
    count(*) AS members,
    count(*) AS "health_records.total.n",
    count(*) AS "health_records.coverage.n",
    count(*) FILTER (WHERE electronic) AS "health_records.electronic.n",
    count(*) FILTER (WHERE electronic) AS "health_records.electronic_coverage.n",
    count(*) FILTER (WHERE active) AS "health_records.active.n",
    count(*) AS "health_records.active.d",
    count(*) FILTER (WHERE complete) AS "health_records.complete.n",
    count(*) AS "health_records.complete.d",
    count(*) FILTER (WHERE electronic AND complete) AS "health_records.standard_coverage.n"
FROM members
GROUP BY GROUPING SETS ((organisation), (organisation, sex), (organisation, age_band));
