-- Datasets that the runs of projects declared as inputs, each once for a project and context. A run of which no project is
-- known has an empty one.
-- params: project_ids Array(String), first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
member AS
(
    SELECT run_id, argMaxIf(training_run_change.project_id, _position, training_run_change.project_id != '') AS project_id
    FROM tributary.training_run_change
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY run_id
    HAVING project_id IN {project_ids:Array(String)}
)
SELECT project_id, name, digest, context
FROM tributary.training_input
INNER JOIN member ON member.run_id = training_input.run_id
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
GROUP BY project_id, name, digest, context
ORDER BY project_id, name, digest, context
LIMIT {first:UInt32}
