-- How far it is recorded what runs consumed in the steps of segments, from step 1 on without a hole, and what is missing behind that:
-- how many steps before the last recorded one. Exposure and orders are records, and skipped steps consume nothing that counts. All
-- steps count of runs without a segment.
-- params: asked_runs Array(String), run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
recorded AS
(
    SELECT toString(run_id) AS run_id, attempt, first_step, last_step, _position
    FROM tributary.training_exposure_range
    WHERE run_id IN {asked_runs:Array(String)}

    UNION ALL

    SELECT toString(run_id) AS run_id, attempt, first_step, last_step, _position
    FROM tributary.training_order
    WHERE run_id IN {asked_runs:Array(String)}

    UNION ALL

    SELECT toString(run_id) AS run_id, attempt, step AS first_step, step AS last_step, _position
    FROM tributary.training_skipped_step
    WHERE run_id IN {asked_runs:Array(String)}
),
counted AS
(
    SELECT
        recorded.first_step AS first_step,
        if(segment.end_step > 0, least(recorded.last_step, toUInt64(segment.end_step - 1)), recorded.last_step) AS counted_to
    FROM recorded
    LEFT JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND (recorded.run_id NOT IN {run_ids:Array(String)} OR recorded.first_step < segment.end_step)
),
reached AS
(
    SELECT
        first_step,
        counted_to,
        max(counted_to) OVER (ORDER BY first_step ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM counted
)
SELECT
    if(missing = 0, max(counted_to), argMinIf(before, first_step, first_step > before + 1)) AS recorded_to,
    sumIf(first_step - before - 1, first_step > before + 1) AS missing
FROM reached
LIMIT 1
