-- The newest migration that was applied to the tables.
-- params: none
SELECT name
FROM tributary.schema_migration
ORDER BY number DESC
LIMIT 1
