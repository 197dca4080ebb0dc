-- Applied migrations, in order. Every column is read, so that damage in any of them is noticed.
-- params: none
SELECT number, any(name) AS name, any(sha256) AS sha256, max(applied_at) AS applied_at
FROM tributary.schema_migration
GROUP BY number
ORDER BY number
LIMIT 10000
