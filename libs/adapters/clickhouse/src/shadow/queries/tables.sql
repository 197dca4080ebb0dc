-- Tables and views with their UUIDs, which distinguish tables of the same name. Views come first.
-- params: none
SELECT name, toString(uuid) AS mark
FROM system.tables
WHERE database = 'tributary'
ORDER BY engine = 'MaterializedView' DESC, name
LIMIT 10000
