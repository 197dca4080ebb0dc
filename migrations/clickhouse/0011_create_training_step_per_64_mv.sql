CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_step_per_64_mv /*on_cluster*/ TO tributary.training_step_per_64 AS
SELECT
    run_id,
    attempt,
    intDiv(step, 64) AS bucket,
    count() AS steps,
    sum(tokens) AS tokens,
    countIf(isFinite(loss)) AS loss_n,
    sum(toInt256(if(isFinite(loss), toFloat64(loss), 0) * exp2(110))) AS loss_sum,
    min(if(isFinite(loss), loss, toFloat32(inf))) AS loss_min,
    max(if(isFinite(loss), loss, toFloat32(-inf))) AS loss_max,
    countIf(isFinite(learning_rate)) AS learning_rate_n,
    sum(toInt256(if(isFinite(learning_rate), toFloat64(learning_rate), 0) * exp2(110))) AS learning_rate_sum,
    min(if(isFinite(learning_rate), learning_rate, toFloat32(inf))) AS learning_rate_min,
    max(if(isFinite(learning_rate), learning_rate, toFloat32(-inf))) AS learning_rate_max,
    countIf(isFinite(grad_norm)) AS grad_norm_n,
    sum(toInt256(if(isFinite(grad_norm), toFloat64(grad_norm), 0) * exp2(110))) AS grad_norm_sum,
    min(if(isFinite(grad_norm), grad_norm, toFloat32(inf))) AS grad_norm_min,
    max(if(isFinite(grad_norm), grad_norm, toFloat32(-inf))) AS grad_norm_max,
    max(_position) AS last_position
FROM tributary.training_step
GROUP BY run_id, attempt, bucket
