-- Applied migrations, in order.
-- params: none
SELECT any(name) AS name, any(sha256) AS sha256
FROM tributary.schema_migration
GROUP BY number
ORDER BY number
LIMIT 10000
