-- Rows of a table up to a place and an order-independent checksum of them.
-- The name of another table replaces training_step.
-- params: until UInt64
SELECT count() AS row_count, toString(sum(cityHash64(formatRow('RowBinary', *)))) AS checksum
FROM tributary.training_step
WHERE _position <= {until:UInt64}
