-- Rows of a table and an order-independent checksum of them. The name of another table replaces schema_migration.
SELECT count() AS row_count, toString(sum(cityHash64(formatRow('RowBinary', *)))) AS checksum
FROM tributary.schema_migration
