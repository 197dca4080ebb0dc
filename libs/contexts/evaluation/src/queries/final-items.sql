-- Scores by item at the last step that has them, for each run and capability. Items without a step count as of the end.
-- params: run_ids Array(String), capability Nullable(String), as_of Array(UInt64)
SELECT
    run_id,
    capability,
    argMax(item_ids, (NOT has_step, step, _position)) AS item_ids,
    argMax(values, (NOT has_step, step, _position)) AS item_values,
    argMax(checkpoint_id, (NOT has_step, step, _position)) AS checkpoint_id,
    tupleElement(argMax(tuple(if(has_step, step, NULL)), (NOT has_step, step, _position)), 1) AS last_step,
    argMax(_position, (NOT has_step, step, _position)) AS evidence
FROM tributary.evaluation_item
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND run_id IN {run_ids:Array(String)}
    AND ({capability:Nullable(String)} IS NULL OR capability = {capability:Nullable(String)})
GROUP BY run_id, capability
ORDER BY run_id, capability
LIMIT 1000000
