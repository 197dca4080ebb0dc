-- Tables and views of the database.
-- params: none
SELECT name
FROM system.tables
WHERE database = 'tributary'
ORDER BY name
LIMIT 10000
