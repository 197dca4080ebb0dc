-- How far attempts came and how they ended, by run and attempt. A step that was recorded twice counts once, with its last values.
-- params: run_ids Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
ending AS
(
    SELECT
        run_id,
        attempt,
        argMax(status, _position) AS status,
        argMax(last_step, _position) AS last_step,
        groupArray(_position) AS positions
    FROM tributary.training_run_end
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected AND run_id IN {run_ids:Array(String)}
    GROUP BY run_id, attempt
),
newest_step AS
(
    SELECT run_id, attempt, step, argMax(tokens, _position) AS tokens, argMax(loss, _position) AS loss
    FROM tributary.training_step
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected AND run_id IN {run_ids:Array(String)}
    GROUP BY run_id, attempt, step
),
reached AS
(
    SELECT
        toString(run_id) AS run_id,
        attempt,
        max(step) AS last_step,
        sum(tokens) AS tokens,
        argMax(loss, step) AS last_loss
    FROM newest_step
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
