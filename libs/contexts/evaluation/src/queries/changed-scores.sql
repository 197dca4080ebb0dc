-- Which of the scores at the positions were invalidated, or replaced by another value of the same measurement, after a position of the log.
-- params: positions Array(UInt64), since Array(UInt64), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
measured AS
(
    SELECT
        run_id,
        capability,
        benchmark,
        metric,
        if(has_step, step, NULL) AS at_step,
        toString(tuple(checkpoint_id, at_step, split, metric_version, shots, filter, task_version, prompt_digest, item_limit, harness, harness_version, unit, higher_is_better, method, task_hash, precision)) AS settings,
        value,
        _position
    FROM tributary.evaluation_score
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND run_id IN (SELECT run_id FROM tributary.evaluation_score WHERE _position IN {positions:Array(UInt64)})
),
score AS (SELECT * FROM measured WHERE _position IN {positions:Array(UInt64)})
SELECT changed, type, reason, actor, evidence
FROM
(
    SELECT
        score._position AS changed,
        'evaluation.score.invalidated' AS type,
        invalidation.reason AS reason,
        invalidation.actor AS actor,
        invalidation._position AS evidence
    FROM score
    INNER JOIN tributary.evaluation_invalidation AS invalidation
        ON invalidation.run_id = score.run_id
            AND invalidation.capability = score.capability
            AND invalidation.benchmark = score.benchmark
            AND invalidation.metric = score.metric
    WHERE (invalidation.step IS NULL OR invalidation.step = score.at_step) AND invalidation._position NOT IN corrected

    UNION ALL

    SELECT
        score._position AS changed,
        'evaluation.score.recorded' AS type,
        '' AS reason,
        '' AS actor,
        later._position AS evidence
    FROM score
    INNER JOIN measured AS later
        ON later.run_id = score.run_id
            AND later.capability = score.capability
            AND later.benchmark = score.benchmark
            AND later.metric = score.metric
            AND later.settings = score.settings
    WHERE later._position > score._position AND later.value != score.value AND later._position NOT IN corrected
)
WHERE NOT tributaryIsAtOrBefore(evidence, {since:Array(UInt64)}) AND tributaryIsAtOrBefore(evidence, {as_of:Array(UInt64)})
ORDER BY evidence, changed
LIMIT 1000000
