CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_metric_extent_mv /*on_cluster*/ TO tributary.training_metric_extent AS
SELECT
    recorded.run_id AS run_id,
    recorded.attempt AS attempt,
    if(isNaN(recorded.step), inf, floor(recorded.step / 4096)) AS bucket,
    recorded.key AS key,
    recorded.method AS method,
    count() AS value_count,
    countIf(NOT isFinite(recorded.value)) AS nonfinite_count,
    min(if(isNaN(recorded.step), inf, recorded.step)) AS first_step,
    max(if(isNaN(recorded.step), -inf, recorded.step)) AS last_step,
    min(recorded._position) AS first_position,
    max(recorded._position) AS last_position
FROM tributary.training_metric AS recorded
GROUP BY run_id, attempt, bucket, key, method
