-- Of each run of a history the steps that count and that no recorded range of exposure has: how many such gaps, and the first of
-- them. They are looked for between the first and the last recorded step, and from the first and to the last step of the run
-- where these are known (`bounded`; one of 0 is not). A run that goes on from a checkpoint may number its steps from
-- `first_steps` or from `continued_steps`. Of one that numbers them from 0 a mark, of a checkpoint or an end, says how many it had. Steps that were skipped are no gap, and none before `from_step` is one. A run without exposure
-- that counts has no row. Ranges are joined by the 64 steps in which they begin, so that few of them have to be sorted: which of these
-- steps they have, and how far they reach behind them.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), from_step UInt64, bounded Array(String), first_steps Array(UInt64), continued_steps Array(UInt64), last_steps Array(UInt64), last_marks Array(UInt64), as_of Array(UInt64)
WITH segment AS (/*segments.sql*/),
skipped AS
(
    SELECT toString(unapplied.run_id) AS run_id, groupUniqArrayArray(arrayFilter(step -> step < segment.end_step, unapplied.steps)) AS steps
    FROM (/*skipped-steps.sql*/) AS unapplied
    INNER JOIN segment ON segment.run_id = unapplied.run_id AND segment.attempt = unapplied.attempt
    GROUP BY run_id
),
recorded AS
(
    SELECT
        run_id,
        attempt,
        bucket,
        groupBitOr(bitShiftLeft(bitShiftRight(toUInt64(18446744073709551615), toUInt8(63 - to_bit + from_bit)), from_bit)) AS steps,
        max(last_step) AS reach
    FROM
    (
        SELECT
            run_id,
            attempt,
            last_step,
            intDiv(first_step, 64) AS bucket,
            toUInt8(first_step % 64) AS from_bit,
            toUInt8(least(last_step, bucket * 64 + 63) % 64) AS to_bit
        FROM tributary.training_exposure_range
        WHERE run_id IN {run_ids:Array(String)}
            AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
    GROUP BY run_id, attempt, bucket
),
per_64 AS
(
    SELECT
        segment.run_id AS run_id,
        recorded.bucket AS bucket,
        groupBitOr(bitAnd(
            recorded.steps,
            bitShiftRight(toUInt64(18446744073709551615), toUInt8(63 - least(segment.end_step - 1 - recorded.bucket * 64, 63)))
        )) AS steps,
        max(toUInt64(least(recorded.reach, segment.end_step - 1))) AS reach
    FROM recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.bucket * 64 < segment.end_step
    GROUP BY run_id, bucket
),
joined AS
(
    SELECT
        run_id,
        arrayJoin(arrayZip(
            bitPositionsToArray(bitAnd(steps, bitNot(bitShiftLeft(steps, 1)))),
            bitPositionsToArray(bitAnd(steps, bitNot(bitShiftRight(steps, 1))))
        )) AS bits,
        toUInt64(bucket * 64 + bits.1) AS first_step,
        toUInt64(if(bits.2 = 63, reach, bucket * 64 + bits.2)) AS counted_to
    FROM per_64
),
bound AS
(
    SELECT bounds.1 AS run_id, bounds.2 AS first_step, bounds.3 AS continued_step, bounds.4 AS last_step, bounds.5 AS last_mark
    FROM
    (
        SELECT arrayJoin(arrayZip(
            {bounded:Array(String)},
            {first_steps:Array(UInt64)},
            {continued_steps:Array(UInt64)},
            {last_steps:Array(UInt64)},
            {last_marks:Array(UInt64)}
        )) AS bounds
    )
),
/* The steps around a run stand for ranges: what is missing between these and the recorded ones is a gap too. */
surrounded AS
(
    SELECT run_id, first_step, counted_to FROM joined

    UNION ALL

    SELECT run_id, edge AS first_step, edge AS counted_to
    FROM
    (
        SELECT
            bound.run_id AS run_id,
            if(reached.lowest + 1 >= bound.continued_step, bound.continued_step, bound.first_step) AS lowest_step,
            greatest(bound.last_step, toUInt64(bound.last_mark - (reached.lowest = 0 AND bound.last_mark > 0))) AS highest_step,
            arrayJoin(arrayConcat(
                if(bound.first_step = 0, [], [toUInt64(lowest_step - 1)]),
                if(highest_step = 0, [], [toUInt64(highest_step + 1)])
            )) AS edge
        FROM bound
        INNER JOIN (SELECT run_id, min(joined.first_step) AS lowest FROM joined GROUP BY run_id) AS reached ON reached.run_id = bound.run_id
    )
),
followed AS
(
    SELECT
        run_id,
        first_step,
        counted_to,
        row_number() OVER (PARTITION BY run_id ORDER BY first_step, counted_to) AS nth,
        max(counted_to) OVER (PARTITION BY run_id ORDER BY first_step, counted_to ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
    FROM surrounded
),
measured AS
(
    SELECT
        followed.run_id AS run_id,
        followed.first_step AS first_step,
        followed.counted_to AS counted_to,
        toUInt64(greatest(followed.reached + 1, {from_step:UInt64})) AS gap_from,
        nth > 1
            AND followed.first_step > gap_from
            AND followed.first_step - gap_from > arrayCount(step -> step >= gap_from AND step < followed.first_step, skipped.steps) AS is_gap
    FROM followed
    LEFT JOIN skipped ON skipped.run_id = followed.run_id
)
SELECT
    run_id,
    countIf(is_gap) AS gaps,
    minOrNullIf(measured.gap_from, is_gap) AS gap_from,
    minOrNullIf(measured.first_step, is_gap) - 1 AS gap_to
FROM measured
GROUP BY run_id
ORDER BY run_id
LIMIT 1000000
