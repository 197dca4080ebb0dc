-- Tables that hold partial rows.
SELECT name
FROM system.tables
WHERE database = 'tributary' AND engine LIKE '%AggregatingMergeTree'
ORDER BY name
LIMIT 1000
