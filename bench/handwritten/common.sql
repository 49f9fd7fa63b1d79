-- Words that the hand-written queries share. The half-year is 2026-01-01 to 2026-06-30, known on its last day.
CREATE OR REPLACE MACRO age_band(born) AS CASE
    WHEN born > DATE '2019-06-30' THEN '0-6'
    WHEN born > DATE '2008-06-30' THEN '7-17'
    WHEN born > DATE '1991-06-30' THEN '18-34'
    WHEN born > DATE '1976-06-30' THEN '35-49'
    WHEN born > DATE '1961-06-30' THEN '50-64'
    WHEN born > DATE '1951-06-30' THEN '65-74'
    WHEN born > DATE '1941-06-30' THEN '75-84'
    ELSE '85+'
END;
