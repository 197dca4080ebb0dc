-- The facts that say which steps of each run were skipped.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT toString(run_id) AS run_id, arraySort(groupUniqArray(_position)) AS evidence
FROM tributary.training_skipped_step
WHERE run_id IN {run_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY run_id
ORDER BY run_id
LIMIT 1000000
