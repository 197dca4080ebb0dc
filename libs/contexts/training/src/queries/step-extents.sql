-- What the columns of steps hold of each metric, in parts: how many values, and between which steps and events.
-- A rollup answers for 4,096 steps where all of them count; where events after the position or corrected ones are among
-- them, their rows are read. A step of which no tokens are recorded has 0, and NaN is a value only where
-- training_nonfinite_step says that it was recorded. An empty list of attempts means all.
-- params: run_ids Array(String), attempts Array(UInt32), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
rolled AS
(
    SELECT
        toString(run_id) AS run,
        attempt,
        bucket,
        name,
        sum(extent.value_count) AS value_count,
        sum(extent.infinite_count) AS nonfinite_count,
        min(extent.first_step) AS first_step,
        max(extent.last_step) AS last_step,
        min(extent.first_position) AS first_position,
        max(extent.last_position) AS last_position
    FROM tributary.training_step_extent AS extent
    WHERE run_id IN {run_ids:Array(String)}
        AND (empty({attempts:Array(UInt32)}) OR attempt IN {attempts:Array(UInt32)})
    GROUP BY run, attempt, bucket, name
),
open AS
(
    SELECT run, attempt, bucket
    FROM rolled
    GROUP BY run, attempt, bucket
    HAVING tributaryIsAtOrBefore(min(first_position), {as_of:Array(UInt64)})
        AND NOT tributaryIsAtOrBefore(max(last_position), {as_of:Array(UInt64)})
    UNION DISTINCT
    SELECT toString(run_id) AS run, attempt, intDiv(step, 4096) AS bucket
    FROM tributary.training_step
    WHERE (SELECT count() FROM corrected) > 0 AND run_id IN {run_ids:Array(String)} AND _position IN corrected
),
opened AS
(
    SELECT
        step,
        _position,
        arrayJoin(arrayFilter(
            column -> NOT isNaN(column.2),
            arrayConcat(
                [
                    ('loss', loss),
                    ('learningRate', learning_rate),
                    ('gradNorm', grad_norm),
                    ('tokens', if(tokens > 0, toFloat32(1), toFloat32(nan)))
                ],
                arrayZip(CAST(mapKeys(extra), 'Array(String)'), mapValues(extra))
            )
        )) AS metric
    FROM tributary.training_step
    WHERE run_id IN {run_ids:Array(String)}
        AND (empty({attempts:Array(UInt32)}) OR attempt IN {attempts:Array(UInt32)})
        AND (run_id, attempt, intDiv(step, 4096)) IN (SELECT run, attempt, bucket FROM open)
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
),
not_a_number AS
(
    SELECT toString(metric) AS name, step, _position
    FROM tributary.training_nonfinite_step
    WHERE run_id IN {run_ids:Array(String)}
        AND (empty({attempts:Array(UInt32)}) OR attempt IN {attempts:Array(UInt32)})
        AND (isNaN(value) OR metric = 'tokens')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
)
SELECT *
FROM
(
    SELECT toString(name) AS name, value_count, nonfinite_count, first_step, last_step, first_position, last_position
    FROM rolled
    WHERE tributaryIsAtOrBefore(last_position, {as_of:Array(UInt64)})
        AND (run, attempt, bucket) NOT IN (SELECT run, attempt, bucket FROM open)
    UNION ALL
    SELECT metric.1, count(), countIf(isInfinite(metric.2)), min(step), max(step), min(_position), max(_position)
    FROM opened
    GROUP BY metric.1
    UNION ALL
    SELECT name, count(), count(), min(step), max(step), min(_position), max(_position)
    FROM not_a_number
    GROUP BY name
)
