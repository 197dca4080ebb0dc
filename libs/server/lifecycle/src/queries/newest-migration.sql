-- The last migration that the tables have been through.
-- params: none
SELECT name
FROM tributary.schema_migration
ORDER BY number DESC
LIMIT 1
