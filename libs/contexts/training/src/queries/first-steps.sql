-- The first step of attempts: the lowest of which exposure or metrics are recorded. It is read in the buckets of steps that
-- can have it: all of a bucket counts if its facts were recorded by the position and none is corrected. Beside it, the lowest step
-- that an order is recorded of, and that an order of Megatron is, which begins with the run wherever the attempt does.
-- Attempts of all these numbers in all these runs are in the answer.
-- params: run_ids Array(String), attempts Array(UInt32), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
exposed AS (/*exposed-buckets.sql*/),
lowest_stepped AS
(
    SELECT run_id, attempt, groupArray(bucket) AS buckets, minIf(toNullable(bucket), counts) AS lowest
    FROM (/*stepped-buckets.sql*/)
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
