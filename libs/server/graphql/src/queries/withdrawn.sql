-- Which of some events are of imports that are withdrawn by then.
-- params: positions Array(UInt64), as_of Array(UInt64)
SELECT DISTINCT withdrawn_position AS position
FROM (/*withdrawn-events.sql*/)
WHERE withdrawn_position IN {positions:Array(UInt64)}
ORDER BY position
LIMIT 1000000
