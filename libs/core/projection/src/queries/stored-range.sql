-- Rows that a table has for a range of positions. The name of another table replaces training_step.
-- params: after UInt64, until UInt64
SELECT count() AS row_total
FROM tributary.training_step
WHERE _position > {after:UInt64} AND _position <= {until:UInt64}
LIMIT 1
