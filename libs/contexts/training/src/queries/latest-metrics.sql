-- The last point of each metric of runs: highest step, then time, then value. An empty list means all.
-- A rollup keeps them, so the cost does not depend on the length of the history.
-- params: run_ids Array(String), keys Array(String)
SELECT
    run_id,
    key,
    argMaxMerge(training_metric_latest.latest) AS point,
    point.1 AS value,
    if(isNaN(point.2), NULL, point.2) AS step,
    point.3 AS time,
    point.4 AS model_id,
    point.5 AS dataset_name,
    point.6 AS dataset_digest
FROM tributary.training_metric_latest
WHERE (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
    AND (empty({keys:Array(String)}) OR key IN {keys:Array(String)})
GROUP BY run_id, key
ORDER BY run_id, key
LIMIT 10000000
