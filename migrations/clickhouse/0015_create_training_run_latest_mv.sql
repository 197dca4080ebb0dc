CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_run_latest_mv /*on_cluster*/ TO tributary.training_run_latest AS
SELECT
    run_id,
    attempt,
    max(step) AS last_step,
    argMaxState(loss, step) AS loss,
    sum(tokens) AS tokens,
    max(_position) AS last_position
FROM tributary.training_step
GROUP BY run_id, attempt
