-- Runs with their newest attempt, in order of their id. A step that was recorded twice counts once, with its last values.
-- A run whose start is not recorded is listed with what is: it has no design, and no status until its end is recorded.
-- It belongs to no experiment.
-- params: experiment_id Nullable(String), run_id Nullable(String), prefix String, after String, first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
unstarted AS (/*unstarted-runs.sql*/),
started AS
(
    SELECT
        run_id,
        max(attempt) AS newest,
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
        AND _position NOT IN corrected
        AND run_id > {after:String}
        AND startsWith(run_id, {prefix:String})
        AND ({run_id:Nullable(String)} IS NULL OR run_id = {run_id:Nullable(String)})
    GROUP BY run_id
    HAVING {experiment_id:Nullable(String)} IS NULL OR experiment_id = {experiment_id:Nullable(String)}
    ORDER BY run_id
    LIMIT {first:UInt32}
),
attempt AS
(
    SELECT *
    FROM
    (
        SELECT *, true AS is_started FROM started
        UNION ALL
        SELECT
            run_id, newest, '' AS experiment_id, '' AS arm, '' AS mixture_id, '' AS model, NULL AS parameters, NULL AS seed,
            positions, mentions, false AS is_started
        FROM unstarted
    )
    ORDER BY run_id
    LIMIT {first:UInt32}
),
ending AS
(
    SELECT
        run_id,
        attempt,
        argMax(status, _position) AS status,
        argMax(last_step, _position) AS last_step,
        groupArray(_position) AS positions
    FROM tributary.training_run_end
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected AND run_id IN (SELECT run_id FROM attempt)
    GROUP BY run_id, attempt
),
newest_step AS
(
    SELECT run_id, attempt, step, argMax(tokens, _position) AS tokens, argMax(loss, _position) AS loss
    FROM tributary.training_step
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected AND run_id IN (SELECT run_id FROM attempt)
    GROUP BY run_id, attempt, step
),
step AS
(
    SELECT
        run_id,
        attempt,
        max(step) AS last_step,
        sum(tokens) AS tokens,
        argMax(loss, step) AS last_loss
    FROM newest_step
    GROUP BY run_id, attempt
)
SELECT
    attempt.run_id AS run_id,
    attempt.newest AS attempt,
    attempt.experiment_id AS experiment_id,
    attempt.arm AS arm,
    attempt.mixture_id AS mixture_id,
    attempt.model AS model,
    attempt.parameters AS parameters,
    attempt.seed AS seed,
    attempt.is_started AS started,
    multiIf(ending.status != '', ending.status, started, 'running', 'unknown') AS status,
    nullIf(greatest(ending.last_step, step.last_step), 0) AS last_step,
    nullIf(step.tokens, 0) AS tokens,
    if(step.run_id != '' AND isFinite(step.last_loss), step.last_loss, NULL) AS last_loss,
    arraySort(arrayDistinct(arrayConcat(attempt.positions, ending.positions))) AS evidence,
    attempt.mentions AS mentions
FROM attempt
LEFT JOIN ending ON ending.run_id = attempt.run_id AND ending.attempt = attempt.newest
LEFT JOIN step ON step.run_id = attempt.run_id AND step.attempt = attempt.newest
ORDER BY run_id
