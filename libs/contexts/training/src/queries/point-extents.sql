-- How many points of each metric are recorded, by method, in parts, and between which steps and events. Without a step, the
-- first one is inf and the last one is -inf. A rollup answers for 4,096 steps where all of their points count; where events
-- after the position or corrected ones are among them, their rows are read. No attempts mean all.
-- params: run_ids Array(String), attempts Array(UInt32), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
rolled AS
(
    SELECT
        toString(run_id) AS run,
        attempt,
        toString(key) AS name,
        bucket,
        method,
        sum(extent.value_count) AS value_count,
        sum(extent.nonfinite_count) AS nonfinite_count,
        min(extent.first_step) AS first_step,
        max(extent.last_step) AS last_step,
        min(extent.first_position) AS first_position,
        max(extent.last_position) AS last_position
    FROM tributary.training_metric_extent AS extent
    WHERE run_id IN {run_ids:Array(String)}
        AND (empty({attempts:Array(UInt32)}) OR attempt IN {attempts:Array(UInt32)})
    GROUP BY run, attempt, name, bucket, method
),
open AS
(
    SELECT run, attempt, name, bucket
    FROM rolled
    GROUP BY run, attempt, name, bucket
    HAVING tributaryIsAtOrBefore(min(first_position), {as_of:Array(UInt64)})
        AND NOT tributaryIsAtOrBefore(max(last_position), {as_of:Array(UInt64)})
    UNION DISTINCT
    SELECT toString(run_id) AS run, attempt, toString(key) AS name, if(isNaN(step), inf, floor(step / 4096)) AS bucket
    FROM tributary.training_metric
    WHERE (SELECT count() FROM corrected) > 0 AND run_id IN {run_ids:Array(String)} AND _position IN corrected
),
opened AS
(
    SELECT toString(key) AS name, toString(method) AS method, value, step, _position
    FROM tributary.training_metric
    WHERE run_id IN {run_ids:Array(String)}
        AND (empty({attempts:Array(UInt32)}) OR attempt IN {attempts:Array(UInt32)})
        AND (run_id, attempt, key, floor(step / 4096)) IN (SELECT run, attempt, name, bucket FROM open WHERE bucket != inf)
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected

    UNION ALL

    SELECT toString(key), toString(method), value, step, _position
    FROM tributary.training_metric
    WHERE run_id IN {run_ids:Array(String)}
        AND (empty({attempts:Array(UInt32)}) OR attempt IN {attempts:Array(UInt32)})
        AND isNaN(step)
        AND (run_id, attempt, key) IN (SELECT run, attempt, name FROM open WHERE bucket = inf)
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
)
SELECT *
FROM
(
    SELECT
        name,
        toString(method) AS method,
        value_count,
        nonfinite_count,
        first_step,
        last_step,
        first_position,
        last_position
    FROM rolled
    WHERE tributaryIsAtOrBefore(last_position, {as_of:Array(UInt64)})
        AND (run, attempt, name, bucket) NOT IN (SELECT run, attempt, name, bucket FROM open)
    UNION ALL
    SELECT
        name,
        method,
        count(),
        countIf(NOT isFinite(value)),
        min(if(isNaN(step), inf, step)),
        max(if(isNaN(step), -inf, step)),
        min(_position),
        max(_position)
    FROM opened
    GROUP BY name, method
)
