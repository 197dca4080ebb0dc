-- Tables with parts of their own.
-- params: none
SELECT name
FROM system.tables
WHERE database = 'tributary' AND endsWith(engine, 'MergeTree')
ORDER BY name
LIMIT 10000
