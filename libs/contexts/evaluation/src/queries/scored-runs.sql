-- Runs that have scores, in order of their id.
-- params: as_of Array(UInt64)
SELECT DISTINCT run_id
FROM tributary.evaluation_score
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY run_id
LIMIT 1000000
