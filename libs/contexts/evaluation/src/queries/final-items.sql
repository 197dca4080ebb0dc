-- Scores by item that were not invalidated, at the last step that has them, for each run and way of measuring. Items without a step count as of the end.
-- params: run_ids Array(String), capability Nullable(String), as_of Array(UInt64)
WITH invalidation AS (/*invalidations.sql*/)
SELECT
    run_id,
    capability,
    benchmark,
    metric,
    metric_version,
    shots,
    filter,
    task_version,
    task_hash,
    trimRight(concat(harness, ' ', harness_version)) AS harness_name,
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
    AND NOT arrayExists(
        withdrawn -> withdrawn.1 = (run_id, capability, benchmark, metric)
            AND (withdrawn.2 IS NULL OR (has_step AND withdrawn.2 = step))
            AND withdrawn.3 > _position,
        (SELECT groupArray(((run_id, capability, benchmark, metric), step, position)) FROM invalidation)
    )
GROUP BY run_id, capability, benchmark, metric, metric_version, shots, filter, task_version, task_hash, harness, harness_version
ORDER BY run_id, capability, benchmark, metric, evidence
LIMIT 1000000
