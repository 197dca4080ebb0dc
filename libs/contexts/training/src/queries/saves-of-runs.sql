-- Every time that one of the runs saved a checkpoint, in the order of the log: an id can be used again by a later attempt.
-- params: run_ids Array(String), first UInt32, as_of Array(UInt64)
SELECT toString(run_id) AS run_id, checkpoint_id, attempt, step, _position AS evidence
FROM tributary.training_checkpoint
WHERE run_id IN {run_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY _position
LIMIT {first:UInt32}
