-- The metrics of a step are those of step-extents.sql.
CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_step_extent_mv /*on_cluster*/ TO tributary.training_step_extent AS
SELECT
    recorded.run_id AS run_id,
    recorded.attempt AS attempt,
    intDiv(recorded.step, 4096) AS bucket,
    metric.1 AS name,
    count() AS value_count,
    countIf(isInfinite(metric.2)) AS infinite_count,
    min(recorded.step) AS first_step,
    max(recorded.step) AS last_step,
    min(recorded._position) AS first_position,
    max(recorded._position) AS last_position
FROM tributary.training_step AS recorded
ARRAY JOIN arrayFilter(
    column -> NOT isNaN(column.2),
    arrayConcat(
        [
            ('loss', recorded.loss),
            ('learningRate', recorded.learning_rate),
            ('gradNorm', recorded.grad_norm),
            ('tokens', if(recorded.tokens > 0, toFloat32(1), toFloat32(nan)))
        ],
        arrayZip(CAST(mapKeys(recorded.extra), 'Array(String)'), mapValues(recorded.extra))
    )
) AS metric
GROUP BY run_id, attempt, bucket, name
