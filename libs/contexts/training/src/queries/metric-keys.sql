-- The metrics of a run, with their number of points and range of steps. A point without a time counts: a tuple is never NULL.
-- params: run_id String, as_of Array(UInt64)
SELECT
    key,
    uniqExact(tuple(training_metric.value, training_metric.step, training_metric.time)) AS points,
    minIf(training_metric.step, NOT isNaN(training_metric.step)) AS first_step,
    maxIf(training_metric.step, NOT isNaN(training_metric.step)) AS last_step,
    countIf(NOT isNaN(training_metric.step)) AS stepped
FROM tributary.training_metric
WHERE run_id = {run_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY key
ORDER BY key
LIMIT 100000
