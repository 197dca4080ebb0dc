-- A checkpoint as last saved, of one run or of any, and how many runs saved one of its id.
-- params: checkpoint_id String, run_id Nullable(String), as_of Array(UInt64)
SELECT run_id, attempt, step, parents, _position AS evidence, uniqExact(run_id) OVER () AS saved_by_runs
FROM tributary.training_checkpoint
WHERE checkpoint_id = {checkpoint_id:String}
    AND ({run_id:Nullable(String)} IS NULL OR run_id = {run_id:Nullable(String)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY _position DESC
LIMIT 1
