-- The records of each attempt of a run, and their anomalies: steps recorded twice, with equal or different values; steps
-- that a later attempt supersedes; steps recorded after later ones; values that are not finite; skipped updates.
-- The interval of an attempt is the most frequent difference of its steps; steps missing at that interval are counted.
-- An attempt with fewer than two steps has no interval: it joins as 0, and both sides of a condition are evaluated.
-- The status of an attempt is unknown where its end is not recorded, and no client reported its start. A plan (attempt 0) is
-- no attempt.
-- params: run_id String, attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
step AS
(
    SELECT
        attempt,
        step,
        count() AS copies,
        uniqExact(loss, learning_rate, grad_norm, tokens, extra) AS versions,
        min(_position) AS first_position
    FROM tributary.training_step
    WHERE run_id = {run_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY attempt, step
),
ordered AS
(
    SELECT
        attempt,
        step,
        copies,
        versions,
        step - lagInFrame(step, 1, step) OVER earlier AS distance,
        first_position > min(first_position) OVER later AS late
    FROM step
    WINDOW
        earlier AS (PARTITION BY attempt ORDER BY step ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
        later AS (PARTITION BY attempt ORDER BY step ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
),
pace AS
(
    SELECT attempt, argMax(distance, (times, -distance)) AS interval
    FROM (SELECT attempt, toInt64(distance) AS distance, count() AS times FROM ordered WHERE distance > 0 GROUP BY attempt, distance)
    GROUP BY attempt
),
kept AS
(
    SELECT part.1 AS attempt, part.2 AS end_step
    FROM (SELECT arrayJoin(arrayZip({attempts:Array(UInt32)}, {ends:Array(UInt64)})) AS part)
),
recorded AS
(
    SELECT
        ordered.attempt AS attempt,
        min(step) AS first_step,
        max(step) AS last_step,
        count() AS steps,
        sum(copies - 1) AS repeated,
        countIf(versions > 1) AS conflicting,
        countIf(late) AS late,
        countIf(step >= kept.end_step) AS superseded,
        any(pace.interval) AS interval,
        sumIf(intDiv(distance, greatest(pace.interval, 1)) - 1, pace.interval > 0 AND distance > pace.interval) AS missing
    FROM ordered
    LEFT JOIN pace ON pace.attempt = ordered.attempt
    LEFT JOIN kept ON kept.attempt = ordered.attempt
    GROUP BY attempt
),
skipped AS
(
    SELECT attempt, uniqExact(step) AS skipped
    FROM tributary.training_skipped_step
    WHERE run_id = {run_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY attempt
),
nonfinite AS
(
    SELECT attempt, uniqExact(step) AS nonfinite
    FROM tributary.training_nonfinite_step
    WHERE run_id = {run_id:String} AND metric = 'loss' AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY attempt
),
started AS
(
    SELECT attempt, groupArray(_position) AS positions, max(begun NOT IN ('unknown', 'planned')) AS is_reported
    FROM tributary.training_run
    WHERE run_id = {run_id:String} AND attempt > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY attempt
),
ending AS
(
    SELECT attempt, argMax(status, _position) AS status, groupArray(_position) AS positions
    FROM tributary.training_run_end
    WHERE run_id = {run_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    GROUP BY attempt
),
other AS
(
    SELECT attempt, _position FROM tributary.training_exposure WHERE run_id = {run_id:String}
    UNION ALL
    SELECT attempt, _position FROM tributary.training_checkpoint WHERE run_id = {run_id:String}
),
attempt AS
(
    SELECT attempt FROM started
    UNION DISTINCT SELECT attempt FROM recorded
    UNION DISTINCT SELECT attempt FROM ending
    UNION DISTINCT SELECT attempt FROM skipped
    UNION DISTINCT
    SELECT attempt FROM other WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
)
SELECT
    attempt.attempt AS attempt,
    notEmpty(started.positions) AS started,
    multiIf(ending.status != '', ending.status, started.is_reported = 1, 'running', 'unknown') AS status,
    if(recorded.steps > 0, recorded.first_step, NULL) AS first_step,
    if(recorded.steps > 0, recorded.last_step, NULL) AS last_step,
    recorded.steps AS steps,
    recorded.repeated AS repeated,
    recorded.conflicting AS conflicting,
    recorded.late AS late,
    recorded.superseded AS superseded,
    nullIf(recorded.interval, 0) AS interval,
    recorded.missing AS missing,
    skipped.skipped AS skipped,
    nonfinite.nonfinite AS nonfinite,
    arraySort(arrayConcat(started.positions, ending.positions)) AS evidence
FROM attempt
LEFT JOIN started ON started.attempt = attempt.attempt
LEFT JOIN ending ON ending.attempt = attempt.attempt
LEFT JOIN recorded ON recorded.attempt = attempt.attempt
LEFT JOIN skipped ON skipped.attempt = attempt.attempt
LEFT JOIN nonfinite ON nonfinite.attempt = attempt.attempt
ORDER BY attempt
LIMIT 100000
