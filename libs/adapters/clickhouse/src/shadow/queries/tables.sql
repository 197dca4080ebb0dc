-- Tables and views, and what tells a table from another one of its name. Views stand first.
-- params: none
SELECT name, toString(uuid) AS mark
FROM system.tables
WHERE database = 'tributary'
ORDER BY engine = 'MaterializedView' DESC, name
LIMIT 10000
