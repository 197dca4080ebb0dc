-- What runs consumed in the steps that count: one row for each recorded amount. Every sum over exposure is one over these
-- rows. Steps of a segment count, except skipped ones; corrected facts do not. A segment has the steps of an attempt that
-- no later attempt supersedes, or those up to the step that a question names.
-- Amounts are exact integers, in units of 2^-60 of a token, a byte or the total, so that sums do not depend on an order.
-- Where only some steps of a range count, the same share of its amounts counts, and the method is 'inferred'. It is whole
-- tokens or bytes: the amounts of a fact are rounded in their order such that they add up to the share of its total.
-- A range is cut where steps at its end do not belong to the segment.
-- Only what begins in an open bucket is read; segment 0 stands for every bucket.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), as_of Array(UInt64)
WITH bitShiftLeft(toUInt64(1), 60) AS one,
segment AS (/*segments.sql*/),
skipped AS (/*skipped-steps.sql*/),
recorded AS
(
    SELECT
        toString(exposure.run_id) AS run_id,
        exposure.attempt AS attempt,
        toString(exposure.domain) AS domain,
        toString(exposure.slice) AS slice,
        toString(exposure.shard_id) AS shard_id,
        toString(exposure.unit) AS unit,
        toString(exposure.method) AS method,
        exposure.first_step AS first_step,
        exposure.last_step AS recorded_to,
        exposure._position AS _position,
        floor(least(exposure.amount, exp2(62))) AS units,
        toInt256(toUInt64(units)) * toInt256(one)
            + toInt256(toUInt64((least(exposure.amount, exp2(62)) - units) * toFloat64(one))) AS whole,
        least(exposure.last_step, segment.end_step - 1) AS counted_to,
        exposure.last_step - exposure.first_step + 1 AS steps,
        counted_to - exposure.first_step + 1
            - arrayCount(s -> s BETWEEN exposure.first_step AND counted_to, skipped.steps) AS counted
    FROM tributary.training_exposure AS exposure
    INNER JOIN segment ON segment.run_id = exposure.run_id AND segment.attempt = exposure.attempt
    LEFT JOIN skipped ON skipped.run_id = exposure.run_id AND skipped.attempt = exposure.attempt
    WHERE exposure.run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(exposure._position, {as_of:Array(UInt64)})
        AND exposure._position NOT IN (/*corrected-events.sql*/)
        AND exposure.first_step < segment.end_step
        AND (
            has({open_segments:Array(UInt32)}, 0)
            OR (exposure.run_id, exposure.attempt, intDiv(exposure.first_step, 64)) IN (/*open-buckets.sql*/)
        )
)
SELECT
    run_id, domain, slice, shard_id, unit, first_step, counted_to, _position, whole AS amount, method, false AS prorated,
    false AS is_cut
FROM recorded
WHERE counted = steps

UNION ALL

SELECT
    run_id, domain, slice, shard_id, unit, first_step, counted_to, _position,
    (
        intDiv((amounts_before + whole) * counted, greatest(steps * grain, 1))
        - intDiv(amounts_before * counted, greatest(steps * grain, 1))
    ) * grain AS amount,
    'inferred' AS method,
    true AS prorated,
    counted_to < recorded_to AS is_cut
FROM
(
    SELECT
        *,
        sum(whole) OVER (
            PARTITION BY run_id, attempt, _position
            ORDER BY slice, shard_id, whole
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) - whole AS amounts_before,
        if(unit = 'share', toInt256(1), toInt256(one)) AS grain
    FROM recorded
    WHERE counted > 0 AND counted < steps
)
