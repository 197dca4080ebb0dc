-- Attempts of runs with what they continue; a plan (attempt 0) is none. Of one that is not declared, steps may be recorded only later (first-steps.sql),
-- or nothing but checkpoints, ends and skips, or attempts that go on from it, which count here as of the position.
-- `recorded` is the recording time of the attempt in microseconds, that of the first version where its start was corrected (one of a withdrawn import is none): runs may
-- be in several partitions of the log, whose positions are not comparable. `exposures` counts all facts about exposure, also later and corrected ones.
-- params: run_ids Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
started AS
(
    SELECT *, _position NOT IN corrected AS counts
    FROM tributary.training_run
    WHERE run_id IN {run_ids:Array(String)} AND attempt > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*no-withdrawals.sql*/)
),
declared AS
(
    SELECT
        run_id,
        attempt,
        argMaxIf(tuple(resumed_attempt), _position, counts).1 AS resumed_attempt,
        argMaxIf(tuple(resumed_step), _position, counts).1 AS resumed_step,
        argMaxIf(forked_run_id, _position, counts) AS forked_run_id,
        argMaxIf(tuple(forked_step), _position, counts).1 AS forked_step,
        argMaxIf(started.parent_checkpoint_id, _position, counts) AS parent_checkpoint_id,
        toUnixTimestamp64Micro(min(recorded_at)) AS recorded
    FROM started
    GROUP BY run_id, attempt
    HAVING max(counts)
),
recorded AS
(
    SELECT run_id, attempt, sum(exposures) AS exposures, max(is_named) AS is_named
    FROM
    (
        SELECT toString(run_id) AS run_id, attempt, facts AS exposures, false AS is_named
        FROM tributary.training_exposure_range_per_64
        WHERE run_id IN {run_ids:Array(String)}
        UNION ALL
        SELECT toString(run_id) AS run_id, attempt, toUInt64(0) AS exposures, false AS is_named
        FROM tributary.training_step_per_4096
        WHERE run_id IN {run_ids:Array(String)}
        UNION ALL
        SELECT toString(run_id) AS run_id, attempt, toUInt64(0) AS exposures, false AS is_named
        FROM tributary.training_order
        WHERE run_id IN {run_ids:Array(String)}
        UNION ALL
        SELECT run_id, attempt, toUInt64(0) AS exposures, true AS is_named
        FROM
        (
            SELECT toString(run_id) AS run_id, attempt, _position FROM tributary.training_checkpoint WHERE run_id IN {run_ids:Array(String)}
            UNION ALL
            SELECT run_id, attempt, _position FROM tributary.training_run_end WHERE run_id IN {run_ids:Array(String)}
            UNION ALL
            SELECT toString(run_id) AS run_id, attempt, _position FROM tributary.training_skipped_step WHERE run_id IN {run_ids:Array(String)}
        )
        WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
        UNION ALL
        SELECT run_id, assumeNotNull(started.resumed_attempt) AS attempt, toUInt64(0) AS exposures, true AS is_named
        FROM started
        WHERE counts AND started.resumed_attempt > 0
    )
    GROUP BY run_id, attempt
)
SELECT
    if(declared.run_id != '', declared.run_id, recorded.run_id) AS run_id,
    if(declared.attempt != 0, declared.attempt, recorded.attempt) AS attempt,
    declared.resumed_attempt AS resumed_attempt,
    declared.resumed_step AS resumed_step,
    declared.forked_run_id AS forked_run_id,
    declared.forked_step AS forked_step,
    declared.parent_checkpoint_id AS parent_checkpoint_id,
    recorded.exposures AS exposures,
    recorded.is_named AS is_named,
    if(declared.run_id != '', declared.recorded, NULL) AS recorded
FROM declared
FULL OUTER JOIN recorded ON recorded.run_id = declared.run_id AND recorded.attempt = declared.attempt
ORDER BY run_id, attempt
LIMIT 1000000
