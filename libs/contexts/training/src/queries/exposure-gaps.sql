-- Of each run of a history from which step and up to which one exposure is recorded, of the steps that count, and the steps
-- between that no recorded range has: how many such gaps, and the first of them. Steps that were skipped are no gap.
-- A run without exposure that counts has no row.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH segment AS (/*segments.sql*/),
skipped AS
(
    SELECT toString(unapplied.run_id) AS run_id, groupUniqArrayArray(arrayFilter(step -> step < segment.end_step, unapplied.steps)) AS steps
    FROM (/*skipped-steps.sql*/) AS unapplied
    INNER JOIN segment ON segment.run_id = unapplied.run_id AND segment.attempt = unapplied.attempt
    GROUP BY run_id
),
counted AS
(
    SELECT
        toString(recorded.run_id) AS run_id,
        recorded.first_step AS first_step,
        least(recorded.last_step, segment.end_step - 1) AS counted_to
    FROM tributary.training_exposure_range AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN (/*corrected-events.sql*/)
        AND recorded.first_step < segment.end_step
),
followed AS
(
    SELECT
        run_id,
        first_step,
        counted_to,
        row_number() OVER (PARTITION BY run_id ORDER BY first_step, counted_to) AS nth,
        max(counted_to) OVER (PARTITION BY run_id ORDER BY first_step, counted_to ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
    FROM counted
),
measured AS
(
    SELECT
        followed.run_id AS run_id,
        followed.first_step AS first_step,
        followed.counted_to AS counted_to,
        followed.reached + 1 AS gap_from,
        nth > 1
            AND followed.first_step > gap_from
            AND followed.first_step - gap_from > arrayCount(step -> step >= gap_from AND step < followed.first_step, skipped.steps) AS is_gap
    FROM followed
    LEFT JOIN skipped ON skipped.run_id = followed.run_id
)
SELECT
    run_id,
    min(measured.first_step) AS first_counted,
    max(measured.counted_to) AS last_counted,
    countIf(is_gap) AS gaps,
    minOrNullIf(measured.gap_from, is_gap) AS gap_from,
    minOrNullIf(measured.first_step, is_gap) - 1 AS gap_to
FROM measured
GROUP BY run_id
ORDER BY run_id
LIMIT 1000000
