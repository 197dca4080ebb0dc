-- Which of some positions have an event that does not count by then: a later one corrects it, or its import is withdrawn.
-- params: positions Array(UInt64), as_of Array(UInt64)
SELECT position
FROM (SELECT arrayJoin({positions:Array(UInt64)}) AS position)
WHERE position IN (/*corrected-events.sql*/)
ORDER BY position
LIMIT 1000000
