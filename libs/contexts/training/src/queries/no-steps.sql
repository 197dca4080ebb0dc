-- The first of the events of runs that are corrected, in a log in which nothing is.
SELECT '' AS run_id, toUInt64(0) AS first_position WHERE false
