-- How far attempts came and how they ended, by run and attempt, with the tokens of their steps that count. A step that was
-- recorded twice counts once, with its last values.
-- params: listed Array(String), run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
skipped AS (/*skipped-steps.sql*/),
ending AS
(
    SELECT
        run_id,
        attempt,
        argMax(status, _position) AS status,
        argMax(last_step, _position) AS last_step,
        groupArray(_position) AS positions
    FROM tributary.training_run_end
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected AND run_id IN {listed:Array(String)}
    GROUP BY run_id, attempt
),
newest_step AS
(
    SELECT run_id, attempt, step, argMax(tokens, _position) AS tokens, argMax(loss, _position) AS loss
    FROM tributary.training_step
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected AND run_id IN {listed:Array(String)}
    GROUP BY run_id, attempt, step
),
reached AS
(
    SELECT
        toString(newest_step.run_id) AS run_id,
        newest_step.attempt AS attempt,
        max(step) AS last_step,
        sumIf(tokens, step < segment.end_step AND NOT has(skipped.steps, step)) AS tokens,
        argMax(loss, step) AS last_loss
    FROM newest_step
    LEFT JOIN segment ON segment.run_id = newest_step.run_id AND segment.attempt = newest_step.attempt
    LEFT JOIN skipped ON skipped.run_id = newest_step.run_id AND skipped.attempt = newest_step.attempt
    GROUP BY run_id, attempt
)
SELECT
    if(ending.run_id != '', ending.run_id, reached.run_id) AS run_id,
    if(ending.run_id != '', ending.attempt, reached.attempt) AS attempt,
    nullIf(ending.status, '') AS status,
    nullIf(greatest(ending.last_step, reached.last_step), 0) AS last_step,
    nullIf(reached.tokens, 0) AS tokens,
    if(reached.run_id != '' AND isFinite(reached.last_loss), reached.last_loss, NULL) AS last_loss,
    ending.positions AS evidence
FROM ending
FULL JOIN reached ON reached.run_id = ending.run_id AND reached.attempt = ending.attempt
ORDER BY run_id, attempt
LIMIT 1000000
