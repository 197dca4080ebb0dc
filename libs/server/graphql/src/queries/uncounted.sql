-- Which of some events do not count by then.
-- params: positions Array(UInt64), as_of Array(UInt64)
SELECT DISTINCT corrected_position AS position
FROM (/*corrected-events.sql*/)
WHERE corrected_position IN {positions:Array(UInt64)}
ORDER BY position
LIMIT 1000000
