-- The first step of attempts: the lowest of which exposure or metrics are recorded. It is read in the buckets of steps that
-- can have it: all of a bucket counts if its facts were recorded by the position and none is corrected. Beside it, the lowest step
-- that an order is recorded of, and that an order of Megatron is, which begins with the run wherever the attempt does.
-- Attempts of all these numbers in all these runs are in the answer.
-- params: run_ids Array(String), attempts Array(UInt32), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
corrected_range AS
(
    SELECT toString(run_id), attempt, intDiv(first_step, 64)
    FROM tributary.training_exposure_range
    WHERE run_id IN {run_ids:Array(String)} AND _position IN corrected
),
exposed AS
(
    SELECT
        toString(run_id) AS run_id,
        attempt,
        bucket,
        min(per_64.first_step) AS first_step,
        tributaryIsAtOrBefore(max(per_64.last_position), {as_of:Array(UInt64)})
            AND (run_id, attempt, bucket) NOT IN corrected_range AS counts
    FROM tributary.training_exposure_range_per_64 AS per_64
    WHERE run_id IN {run_ids:Array(String)} AND attempt IN {attempts:Array(UInt32)}
    GROUP BY run_id, attempt, bucket
    HAVING tributaryIsAtOrBefore(min(per_64.first_position), {as_of:Array(UInt64)})
),
corrected_steps AS (/*corrected-steps.sql*/),
stepped AS
(
    SELECT
        toString(run_id) AS run_id,
        attempt,
        bucket,
        max(last_position) AS last_position
    FROM tributary.training_step_per_4096
    WHERE run_id IN {run_ids:Array(String)} AND attempt IN {attempts:Array(UInt32)}
    GROUP BY run_id, attempt, bucket
),
lowest_stepped AS
(
    SELECT
        stepped.run_id AS run_id,
        stepped.attempt AS attempt,
        arraySort(groupArray(stepped.bucket)) AS buckets,
        minIf(
            toNullable(stepped.bucket),
            tributaryIsAtOrBefore(stepped.last_position, {as_of:Array(UInt64)})
                AND (corrected_steps.run_id = '' OR stepped.last_position < corrected_steps.first_position)
        ) AS lowest
    FROM stepped
    LEFT JOIN corrected_steps ON corrected_steps.run_id = stepped.run_id
    GROUP BY run_id, attempt
)
SELECT
    run_id,
    attempt,
    minOrNullIf(step, by = 'steps') AS first_step,
    minOrNullIf(step, by = 'order') AS first_ordered,
    minOrNullIf(step, by = 'megatron') AS first_indexed
FROM
(
    SELECT run_id, attempt, first_step AS step, 'steps' AS by FROM exposed WHERE counts
    UNION ALL
    SELECT toString(run_id) AS run_id, attempt, first_step AS step, 'steps' AS by
    FROM tributary.training_exposure
    WHERE (run_id, attempt, intDiv(first_step, 64)) IN (SELECT run_id, attempt, bucket FROM exposed WHERE NOT counts)
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    UNION ALL
    SELECT toString(run_id) AS run_id, attempt, step, 'steps' AS by
    FROM tributary.training_step
    WHERE (run_id, attempt, intDiv(step, 4096)) IN
        (
            SELECT run_id, attempt, arrayJoin(arrayFilter(b -> lowest IS NULL OR b <= lowest, buckets))
            FROM lowest_stepped
        )
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    UNION ALL
    SELECT toString(run_id) AS run_id, attempt, first_step AS step, if(encoding = 'megatronIndex', 'megatron', 'order') AS by
    FROM tributary.training_order
    WHERE run_id IN {run_ids:Array(String)}
        AND attempt IN {attempts:Array(UInt32)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
)
GROUP BY run_id, attempt
ORDER BY run_id, attempt
LIMIT 1000000
