-- The last step that runs are known to have had, of the steps that segments have: by what is recorded of steps, their exposure and skips,
-- and by the marks of checkpoints and ends; 0 where there is none. What is recorded behind a segment says that the run had its last
-- step. Steps are read in the buckets of 4,096 from the highest on of which all count: the lower ones are not needed.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
exposed AS (/*exposed-buckets.sql*/),
highest_stepped AS
(
    SELECT run_id, attempt, groupArray(bucket) AS buckets, maxIf(toNullable(bucket), counts) AS highest
    FROM (/*stepped-buckets.sql*/)
    GROUP BY run_id, attempt
),
known AS
(
    SELECT toString(run_id) AS run_id, attempt, step, false AS is_mark, _position
    FROM tributary.training_step
    WHERE run_id IN {run_ids:Array(String)}
        AND (run_id, attempt, intDiv(step, 4096)) IN
        (
            SELECT run_id, attempt, arrayJoin(arrayFilter(b -> highest IS NULL OR b >= highest, buckets))
            FROM highest_stepped
        )

    UNION ALL

    /* What counts as a whole was recorded by the position. */
    SELECT run_id, attempt, last_step AS step, false AS is_mark, toUInt64(0) AS _position
    FROM exposed
    WHERE counts

    UNION ALL

    SELECT toString(run_id) AS run_id, attempt, last_step AS step, false AS is_mark, _position
    FROM tributary.training_exposure_range
    WHERE (run_id, attempt, intDiv(first_step, 64)) IN (SELECT run_id, attempt, bucket FROM exposed WHERE NOT counts)

    UNION ALL

    SELECT toString(run_id) AS run_id, attempt, step, false AS is_mark, _position
    FROM tributary.training_skipped_step
    WHERE run_id IN {run_ids:Array(String)}

    UNION ALL

    SELECT toString(run_id) AS run_id, attempt, step, true AS is_mark, _position
    FROM tributary.training_checkpoint
    WHERE run_id IN {run_ids:Array(String)}

    UNION ALL

    SELECT run_id, attempt, assumeNotNull(last_step) AS step, true AS is_mark, _position
    FROM tributary.training_run_end
    WHERE run_id IN {run_ids:Array(String)} AND last_step IS NOT NULL
)
SELECT
    known.run_id AS run_id,
    maxIf(least(known.step, toUInt64(segment.end_step - 1)), NOT is_mark) AS last_step,
    maxIf(least(known.step, toUInt64(segment.end_step - 1)), is_mark) AS last_mark
FROM known
INNER JOIN segment ON segment.run_id = known.run_id AND segment.attempt = known.attempt
WHERE segment.end_step > 0
    AND tributaryIsAtOrBefore(known._position, {as_of:Array(UInt64)})
    AND known._position NOT IN corrected
GROUP BY run_id
ORDER BY run_id
LIMIT 1000000
