-- The last point of each metric of runs: highest step, then time, then value. An empty list means all.
-- A rollup keeps them, so the cost does not depend on the length of the history; runs of which a point was corrected are
-- read from their points.
-- params: run_ids Array(String), keys Array(String), as_of Array(UInt64)
WITH corrected_run AS (/*corrected-points.sql*/),
point AS
(
    SELECT toString(run_id) AS run_id, toString(key) AS key, argMaxMerge(training_metric_latest.latest) AS point
    FROM tributary.training_metric_latest
    WHERE run_id NOT IN corrected_run
        AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
        AND (empty({keys:Array(String)}) OR key IN {keys:Array(String)})
    GROUP BY run_id, key

    UNION ALL

    SELECT
        toString(run_id) AS run_id,
        toString(key) AS key,
        argMax(
            tuple(training_metric.value, step, ifNull(time, 0), toString(model_id), toString(dataset_name), toString(dataset_digest)),
            tuple(if(isNaN(step), -inf, step), ifNull(time, 0), if(isNaN(training_metric.value), -inf, training_metric.value))
        ) AS point
    FROM tributary.training_metric
    WHERE run_id IN corrected_run
        AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
        AND (empty({keys:Array(String)}) OR key IN {keys:Array(String)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY run_id, key
)
SELECT
    run_id,
    key,
    point.1 AS value,
    if(isNaN(point.2), NULL, point.2) AS step,
    point.3 AS time,
    point.4 AS model_id,
    point.5 AS dataset_name,
    point.6 AS dataset_digest
FROM point
ORDER BY run_id, key
LIMIT 10000000
