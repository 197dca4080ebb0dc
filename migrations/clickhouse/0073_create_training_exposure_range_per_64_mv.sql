CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_exposure_range_per_64_mv /*on_cluster*/ TO tributary.training_exposure_range_per_64 AS
SELECT
    recorded.run_id AS run_id,
    recorded.attempt AS attempt,
    intDiv(recorded.first_step, 64) AS bucket,
    count() AS facts,
    min(recorded.first_step) AS first_step,
    max(recorded.last_step) AS last_step,
    min(recorded._position) AS first_position,
    max(recorded._position) AS last_position
FROM tributary.training_exposure_range AS recorded
GROUP BY run_id, attempt, bucket
