-- How what segments consumed is read, by run and attempt: the buckets of 262,144, 4,096 and 64 steps of which everything
-- counts and sums are used, the buckets of 64 steps whose amounts have to be read, and the facts in the former.
-- A bucket has the ranges that begin in its steps. All of it counts if all its ranges end in the segment, and if all its
-- facts were recorded by the position, none is corrected and no step of them was skipped.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH segment AS (/*segments.sql*/),
skipped AS (/*skipped-steps.sql*/),
corrected AS
(
    SELECT toString(run_id), attempt, intDiv(first_step, 64)
    FROM tributary.training_exposure_range
    WHERE run_id IN {run_ids:Array(String)} AND _position IN (/*corrected-events.sql*/)
),
recorded AS
(
    SELECT
        toString(run_id) AS run_id,
        attempt,
        bucket,
        sum(per_64.facts) AS facts,
        min(per_64.first_step) AS first_step,
        max(per_64.last_step) AS last_step,
        min(per_64.first_position) AS first_position,
        max(per_64.last_position) AS last_position
    FROM tributary.training_exposure_range_per_64 AS per_64
    WHERE run_id IN {run_ids:Array(String)} AND attempt IN {attempts:Array(UInt32)}
    GROUP BY run_id, attempt, bucket
),
per_64 AS
(
    SELECT
        recorded.run_id AS run_id,
        recorded.attempt AS attempt,
        recorded.bucket AS bucket,
        recorded.facts AS facts,
        recorded.last_step AS last_step,
        recorded.last_step < segment.end_step
            AND tributaryIsAtOrBefore(recorded.last_position, {as_of:Array(UInt64)})
            AND NOT arrayExists(step -> step BETWEEN recorded.first_step AND recorded.last_step, skipped.steps)
            AND (recorded.run_id, recorded.attempt, recorded.bucket) NOT IN corrected AS counts,
        recorded.first_step < segment.end_step
            AND tributaryIsAtOrBefore(recorded.first_position, {as_of:Array(UInt64)}) AS begins
    FROM recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    LEFT JOIN skipped ON skipped.run_id = recorded.run_id AND skipped.attempt = recorded.attempt
),
per_4096 AS
(
    SELECT
        run_id,
        attempt,
        intDiv(bucket, 64) AS middle,
        min(per_64.counts) AS counts,
        groupArrayIf(bucket, per_64.counts) AS fine,
        groupArrayIf(bucket, begins AND NOT per_64.counts) AS open,
        sumIf(per_64.facts, per_64.counts) AS facts,
        maxIf(per_64.last_step, per_64.counts) AS last_step
    FROM per_64
    GROUP BY run_id, attempt, middle
),
per_262144 AS
(
    SELECT
        run_id,
        attempt,
        intDiv(middle, 64) AS coarse,
        min(per_4096.counts) AS counts,
        groupArrayIf(middle, per_4096.counts) AS middles,
        groupArrayArrayIf(per_4096.fine, NOT per_4096.counts) AS fine,
        groupArrayArray(per_4096.open) AS open,
        sum(per_4096.facts) AS facts,
        max(per_4096.last_step) AS last_step
    FROM per_4096
    GROUP BY run_id, attempt, coarse
)
SELECT
    run_id,
    attempt,
    groupArrayIf(coarse, counts) AS per_262144,
    groupArrayArrayIf(middles, NOT counts) AS per_4096,
    groupArrayArrayIf(per_262144.fine, NOT counts) AS per_64,
    groupArrayArray(per_262144.open) AS open,
    sum(per_262144.facts) AS facts,
    max(per_262144.last_step) AS last_step
FROM per_262144
GROUP BY run_id, attempt
ORDER BY run_id, attempt
LIMIT 1000000
