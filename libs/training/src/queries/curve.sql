-- Lowest, mean and highest value of a metric in buckets of 64 steps, over all attempts of a run.
-- Buckets that are complete as of the position come from the rollup, the others from the steps.
-- params: run_id String, metric String, as_of UInt64
WITH closed AS
(
    SELECT
        attempt,
        bucket,
        multiIf({metric:String} = 'loss', sum(loss_n), {metric:String} = 'learningRate', sum(learning_rate_n), sum(grad_norm_n)) AS n,
        multiIf({metric:String} = 'loss', sum(loss_sum), {metric:String} = 'learningRate', sum(learning_rate_sum), sum(grad_norm_sum)) AS total,
        multiIf({metric:String} = 'loss', min(loss_min), {metric:String} = 'learningRate', min(learning_rate_min), min(grad_norm_min)) AS low,
        multiIf({metric:String} = 'loss', max(loss_max), {metric:String} = 'learningRate', max(learning_rate_max), max(grad_norm_max)) AS high
    FROM tributary.training_step_per_64
    WHERE run_id = {run_id:String}
    GROUP BY attempt, bucket
    HAVING max(last_position) <= {as_of:UInt64}
),
open AS
(
    SELECT
        attempt,
        intDiv(step, 64) AS bucket,
        multiIf({metric:String} = 'loss', loss, {metric:String} = 'learningRate', learning_rate, grad_norm) AS value,
        isFinite(value) AS finite
    FROM tributary.training_step
    WHERE run_id = {run_id:String}
        AND _position <= {as_of:UInt64}
        AND (attempt, intDiv(step, 64)) NOT IN (SELECT attempt, bucket FROM closed)
)
SELECT
    bucket * 64 AS step,
    sum(n) AS value_count,
    sum(total) / nullIf(sum(n), 0) AS mean,
    if(sum(n) > 0, min(low), NULL) AS lowest,
    if(sum(n) > 0, max(high), NULL) AS highest
FROM
(
    SELECT bucket, n, total, low, high FROM closed
    UNION ALL
    SELECT
        bucket,
        countIf(finite) AS n,
        sumIf(toFloat64(value), finite) AS total,
        min(if(finite, value, toFloat32(inf))) AS low,
        max(if(finite, value, toFloat32(-inf))) AS high
    FROM open
    GROUP BY attempt, bucket
)
GROUP BY bucket
ORDER BY bucket
LIMIT 1000000
