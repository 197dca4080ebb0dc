-- The last point of each metric of models on each dataset.
-- params: model_ids Array(String), as_of Array(UInt64)
SELECT
    model_id,
    run_id,
    key,
    dataset_name,
    dataset_digest,
    argMax(tuple(training_metric.value, training_metric.step, ifNull(training_metric.time, 0)), (training_metric.step, ifNull(training_metric.time, 0))) AS point,
    point.1 AS value,
    point.2 AS step,
    point.3 AS time
FROM tributary.training_metric
WHERE model_id != '' AND model_id IN {model_ids:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY model_id, run_id, key, dataset_name, dataset_digest
ORDER BY model_id, run_id, key
LIMIT 1000000
