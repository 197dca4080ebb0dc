CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_step_per_4096_mv /*on_cluster*/ TO tributary.training_step_per_4096 AS
SELECT
    fine.run_id AS run_id,
    fine.attempt AS attempt,
    intDiv(fine.bucket, 64) AS bucket,
    sum(fine.steps) AS steps,
    sum(fine.tokens) AS tokens,
    sum(fine.loss_n) AS loss_n,
    sum(fine.loss_sum) AS loss_sum,
    min(fine.loss_min) AS loss_min,
    max(fine.loss_max) AS loss_max,
    sum(fine.learning_rate_n) AS learning_rate_n,
    sum(fine.learning_rate_sum) AS learning_rate_sum,
    min(fine.learning_rate_min) AS learning_rate_min,
    max(fine.learning_rate_max) AS learning_rate_max,
    sum(fine.grad_norm_n) AS grad_norm_n,
    sum(fine.grad_norm_sum) AS grad_norm_sum,
    min(fine.grad_norm_min) AS grad_norm_min,
    max(fine.grad_norm_max) AS grad_norm_max,
    max(fine.last_position) AS last_position
FROM tributary.training_step_per_64 AS fine
GROUP BY run_id, attempt, intDiv(fine.bucket, 64)
