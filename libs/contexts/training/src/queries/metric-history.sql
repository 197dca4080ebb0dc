-- The points of a metric of a run in order of time, step and value, each once however often it was sent.
-- params: run_id String, key String, first UInt32, skip UInt32, as_of Array(UInt64)
SELECT
    training_metric.value AS value,
    if(isNaN(training_metric.step), NULL, training_metric.step) AS step,
    training_metric.time AS time,
    min(_position) AS position
FROM tributary.training_metric
WHERE run_id = {run_id:String} AND key = {key:String} AND _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)]
GROUP BY training_metric.value, training_metric.step, training_metric.time
ORDER BY training_metric.time, training_metric.step, training_metric.value
LIMIT {first:UInt32} OFFSET {skip:UInt32}
