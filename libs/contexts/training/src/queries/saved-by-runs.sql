-- Checkpoints as last saved by each run that saved them: of some runs, and only these where they are named.
-- params: run_ids Array(String), checkpoint_ids Array(String), as_of Array(UInt64)
SELECT toString(run_id) AS run_id, checkpoint_id, attempt, step
FROM tributary.training_checkpoint
WHERE (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
    AND (empty({checkpoint_ids:Array(String)}) OR checkpoint_id IN {checkpoint_ids:Array(String)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY checkpoint_id, run_id, _position DESC
LIMIT 1 BY checkpoint_id, run_id
LIMIT 1000000
