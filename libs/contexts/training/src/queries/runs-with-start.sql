-- Those of the runs whose start is recorded, and not only their plan (attempt 0).
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT DISTINCT run_id
FROM tributary.training_run
WHERE run_id IN {run_ids:Array(String)}
    AND attempt > 0
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY run_id
LIMIT 100000
