-- In which facts a value of a metric counts: in a column of the steps in the segments of runs, and in a point of one of the
-- runs. Steps are read of the 4,096 alone in which the rollup has the metric. NaN is a value only where
-- training_nonfinite_step says that it was recorded, and a step with 0 tokens has none.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), run_id String, metric String, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
holding AS
(
    SELECT DISTINCT toString(extent.run_id) AS run, extent.attempt AS attempt, extent.bucket AS bucket
    FROM tributary.training_step_extent AS extent
    INNER JOIN segment ON segment.run_id = extent.run_id AND segment.attempt = extent.attempt
    WHERE extent.run_id IN {run_ids:Array(String)}
        AND extent.name = {metric:String}
        AND extent.first_step < segment.end_step
        AND tributaryIsAtOrBefore(extent.first_position, {as_of:Array(UInt64)})
)
SELECT DISTINCT origin
FROM
(
    SELECT 'steps' AS origin
    FROM tributary.training_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND (recorded.run_id, recorded.attempt, intDiv(recorded.step, 4096)) IN (SELECT run, attempt, bucket FROM holding)
        AND recorded.step < segment.end_step
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND multiIf(
            {metric:String} = 'loss', NOT isNaN(recorded.loss),
            {metric:String} = 'learningRate', NOT isNaN(recorded.learning_rate),
            {metric:String} = 'gradNorm', NOT isNaN(recorded.grad_norm),
            {metric:String} = 'tokens', recorded.tokens > 0,
            mapContains(recorded.extra, {metric:String}) AND NOT isNaN(recorded.extra[{metric:String}])
        )
    LIMIT 1

    UNION ALL

    SELECT 'steps' AS origin
    FROM tributary.training_nonfinite_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded.metric = {metric:String}
        AND recorded.step < segment.end_step
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
    LIMIT 1

    UNION ALL

    SELECT 'points' AS origin
    FROM tributary.training_metric AS point
    WHERE point.run_id = {run_id:String}
        AND point.key = {metric:String}
        AND tributaryIsAtOrBefore(point._position, {as_of:Array(UInt64)})
        AND point._position NOT IN corrected
    LIMIT 1
)
LIMIT 2
