-- How far it is recorded what runs consumed in the steps of segments, from step 1 on without a hole, and what is missing behind that:
-- how many steps before the last one that the runs are known to have had, which is `last_step` or a later one of which something is
-- recorded. Exposure is a record, and so is an order that names the shards of all that it says was read; skipped steps consume nothing
-- that counts. `unnamed_orders` counts the orders that do not.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), last_step UInt64, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
recorded AS
(
    SELECT toString(run_id) AS run_id, attempt, first_step, last_step, true AS is_named, _position
    FROM tributary.training_exposure_range
    WHERE run_id IN {run_ids:Array(String)}

    UNION ALL

    SELECT
        toString(run_id) AS run_id,
        attempt,
        first_step,
        last_step,
        encoding = 'ranges'
            OR encoding = 'megatronIndex' AND NOT arrayExists(
                corpus -> corpus.1 = '',
                JSONExtract(recorded_order, 'megatronIndex', 'corpora', 'Array(Tuple(shardId String))')
            ) AS is_named,
        _position
    FROM tributary.training_order
    WHERE run_id IN {run_ids:Array(String)}

    UNION ALL

    SELECT toString(run_id) AS run_id, attempt, step AS first_step, step AS last_step, true AS is_named, _position
    FROM tributary.training_skipped_step
    WHERE run_id IN {run_ids:Array(String)}
),
counted AS
(
    SELECT
        recorded.first_step AS first_step,
        toUInt64(least(recorded.last_step, segment.end_step - 1)) AS counted_to,
        recorded.is_named AS is_named
    FROM recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND recorded.first_step < segment.end_step
),
/* The step after the last one stands for a range, so that what is missing before it is a hole too. */
bounded AS
(
    SELECT first_step, counted_to, 0 AS unnamed
    FROM counted
    WHERE is_named

    UNION ALL

    SELECT
        toUInt64(greatest(max(counted.counted_to), {last_step:UInt64}) + 1) AS first_step,
        toUInt64(0) AS counted_to,
        countIf(NOT is_named) AS unnamed
    FROM counted
),
reached AS
(
    SELECT
        first_step,
        counted_to,
        unnamed,
        max(counted_to) OVER (ORDER BY first_step ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM bounded
)
SELECT
    if(missing = 0, max(counted_to), argMinIf(before, first_step, first_step > before + 1)) AS recorded_to,
    sumIf(first_step - before - 1, first_step > before + 1) AS missing,
    sum(unnamed) AS unnamed_orders
FROM reached
LIMIT 1
