-- Positions among some at which a table has rows. The name of another table replaces training_step.
-- params: positions Array(UInt64)
SELECT DISTINCT _position AS position
FROM tributary.training_step
WHERE _position IN {positions:Array(UInt64)}
ORDER BY position
LIMIT 1000
