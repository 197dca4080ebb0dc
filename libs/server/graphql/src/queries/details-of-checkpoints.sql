-- Where checkpoints come from, as last saved.
-- params: ids Array(String), as_of Array(UInt64)
SELECT
    checkpoint_id AS id,
    argMax([('run', toString(run_id)), ('step', toString(step)), ('stage', toString(stage)), ('address', uri)], _position) AS details
FROM tributary.training_checkpoint
WHERE checkpoint_id IN {ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY id
ORDER BY id
LIMIT 10000
