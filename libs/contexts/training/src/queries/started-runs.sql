-- Runs whose start or plan is recorded, with their newest attempt (0 for a plan), in order of their id. `begun` is what the
-- newest attempt says of its status: a start that a client reported before one that was read from a file.
-- params: experiment_id Nullable(String), run_id Nullable(String), run_ids Array(String), prefix String, after String, first UInt32, as_of Array(UInt64)
SELECT
    run_id,
    max(attempt) AS newest,
    argMax(training_run.begun, (attempt, training_run.begun NOT IN ('unknown', 'planned'), _position)) AS begun,
    argMax(experiment_id, (attempt, _position)) AS experiment_id,
    argMax(arm, (attempt, _position)) AS arm,
    argMax(mixture_id, (attempt, _position)) AS mixture_id,
    argMax(model, (attempt, _position)) AS model,
    argMax(tuple(parameters), (attempt, _position)).1 AS parameters,
    argMax(tuple(seed_init), (attempt, _position)).1 AS seed,
    groupArray(_position) AS positions,
    count() AS mentions
FROM tributary.training_run
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND run_id > {after:String}
    AND startsWith(run_id, {prefix:String})
    AND ({run_id:Nullable(String)} IS NULL OR run_id = {run_id:Nullable(String)})
    AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
GROUP BY run_id
HAVING {experiment_id:Nullable(String)} IS NULL OR experiment_id = {experiment_id:Nullable(String)}
ORDER BY run_id
LIMIT {first:UInt32}
