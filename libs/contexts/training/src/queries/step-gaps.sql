-- Gaps between the recorded steps of an attempt, at its most frequent interval.
-- params: run_id String, first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
ordered AS
(
    SELECT
        attempt,
        step,
        toInt64(step - lagInFrame(step, 1, step) OVER (PARTITION BY attempt ORDER BY step ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)) AS distance
    FROM
    (
        SELECT DISTINCT attempt, step
        FROM tributary.training_step
        WHERE run_id = {run_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
    )
),
pace AS
(
    SELECT attempt, argMax(distance, (times, -distance)) AS interval
    FROM (SELECT attempt, distance, count() AS times FROM ordered WHERE distance > 0 GROUP BY attempt, distance)
    GROUP BY attempt
)
SELECT
    ordered.attempt AS attempt,
    step - distance + pace.interval AS from_step,
    step - pace.interval AS to_step,
    intDiv(distance, greatest(pace.interval, 1)) - 1 AS missing
FROM ordered
INNER JOIN pace ON pace.attempt = ordered.attempt
WHERE distance >= 2 * pace.interval
ORDER BY attempt, from_step
LIMIT {first:UInt32}
