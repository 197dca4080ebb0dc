-- Steps of attempts whose update was not applied: what they consumed does not count.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT run_id, attempt, groupUniqArray(step) AS steps
FROM tributary.training_skipped_step
WHERE run_id IN {run_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY run_id, attempt
