-- The newest start of each attempt of runs, with what it names as its origin; a plan (attempt 0) is none. Empty text and NULL are what is not recorded;
-- `saved_by` is the run that saved the parent checkpoint at `saved_step`, as last recorded.
-- params: run_ids Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
started AS
(
    SELECT
        run_id,
        attempt,
        toString(argMax(model, _position)) AS model,
        argMax(mixture_id, _position) AS mixture_id,
        argMax(tuple(token_budget), _position).1 AS token_budget,
        argMax(forked_run_id, _position) AS forked_run_id,
        argMax(tuple(forked_step), _position).1 AS forked_step,
        argMax(training_run.parent_checkpoint_id, _position) AS parent_checkpoint_id,
        max(_position) AS evidence
    FROM tributary.training_run
    WHERE run_id IN {run_ids:Array(String)} AND attempt > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY run_id, attempt
),
saved AS
(
    SELECT checkpoint_id, toString(argMax(run_id, _position)) AS run_id, argMax(step, _position) AS step, max(_position) AS evidence
    FROM tributary.training_checkpoint
    WHERE checkpoint_id IN (SELECT parent_checkpoint_id FROM started WHERE parent_checkpoint_id != '')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    GROUP BY checkpoint_id
)
SELECT
    started.run_id AS run_id,
    started.attempt AS attempt,
    started.model AS model,
    started.mixture_id AS mixture_id,
    started.token_budget AS token_budget,
    started.forked_run_id AS forked_run_id,
    started.forked_step AS forked_step,
    started.parent_checkpoint_id AS parent_checkpoint_id,
    saved.run_id AS saved_by,
    saved.step AS saved_step,
    arrayFilter(position -> position != 0, [started.evidence, saved.evidence]) AS evidence
FROM started
LEFT JOIN saved ON saved.checkpoint_id = started.parent_checkpoint_id
ORDER BY run_id, attempt
LIMIT 1000000
