-- Scores that were invalidated and not recorded again since, the newest of each run, step and way of measuring, with their newest invalidation.
-- params: run_ids Array(String), capability Nullable(String), benchmark Nullable(String), first UInt32, as_of Array(UInt64)
WITH newest AS (/*newest-scores.sql*/)
SELECT newest.*, invalidation.reason AS reason, invalidation.actor AS actor, invalidation.position AS invalidated_by
FROM newest
INNER JOIN
(
    SELECT
        run_id AS of_run,
        capability AS of_capability,
        benchmark AS of_benchmark,
        metric AS of_metric,
        step AS of_step,
        reason,
        actor,
        _position AS position
    FROM tributary.evaluation_invalidation
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND run_id IN {run_ids:Array(String)}
) AS invalidation
    ON of_run = newest.run_id
        AND of_capability = newest.capability
        AND of_benchmark = newest.benchmark
        AND of_metric = newest.metric
WHERE (of_step IS NULL OR of_step = newest.step) AND invalidation.position > newest.evidence
ORDER BY page_key, invalidation.position DESC
LIMIT 1 BY page_key
LIMIT {first:UInt32}
