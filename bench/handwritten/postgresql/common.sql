-- Words that the queries share, as handwritten/common.sql has them for DuckDB.
CREATE OR REPLACE FUNCTION age_band(born date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN born > DATE '2019-06-30' THEN '0-6'
        WHEN born > DATE '2008-06-30' THEN '7-17'
        WHEN born > DATE '1991-06-30' THEN '18-34'
        WHEN born > DATE '1976-06-30' THEN '35-49'
        WHEN born > DATE '1961-06-30' THEN '50-64'
        WHEN born > DATE '1951-06-30' THEN '65-74'
        WHEN born > DATE '1941-06-30' THEN '75-84'
        ELSE '85+'
    END
$$;
CREATE OR REPLACE FUNCTION full_months(first date, last date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (extract(year FROM age(last, first)) * 12 + extract(month FROM age(last, first)))::integer
$$;
