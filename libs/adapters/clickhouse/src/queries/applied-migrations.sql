-- The migrations that this database has, oldest first.
-- params: none
SELECT number, any(name) AS name, any(sha256) AS sha256
FROM tributary.schema_migration
GROUP BY number
ORDER BY number
LIMIT 10000
