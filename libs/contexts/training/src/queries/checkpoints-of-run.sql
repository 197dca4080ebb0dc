-- The checkpoints of a run as last saved.
-- params: run_id String, as_of Array(UInt64)
SELECT checkpoint_id, attempt, step, tokens, parents, _position AS evidence
FROM tributary.training_checkpoint
WHERE run_id = {run_id:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY checkpoint_id, _position DESC
LIMIT 1 BY checkpoint_id
LIMIT 100000
