CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_metric_latest_mv /*on_cluster*/ TO tributary.training_metric_latest AS
SELECT
    run_id,
    key,
    argMaxState(
        tuple(value, step, ifNull(time, 0), toString(model_id), toString(dataset_name), toString(dataset_digest)),
        tuple(if(isNaN(step), -inf, step), ifNull(time, 0), if(isNaN(value), -inf, value))
    ) AS latest
FROM tributary.training_metric
GROUP BY run_id, key
