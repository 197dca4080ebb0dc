-- Models that runs saved, with their steps.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT run_id, checkpoint_id AS model_id, max(training_checkpoint.step) AS step
FROM tributary.training_checkpoint
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND run_id IN {run_ids:Array(String)}
    AND checkpoint_id IN
    (
        SELECT model_id
        FROM tributary.training_model_change
        WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    )
GROUP BY run_id, checkpoint_id
ORDER BY run_id, step, model_id
LIMIT 1000000
