-- Lowest, mean and highest value of a metric in buckets of 64 or 4096 steps of a run, of the steps between two.
-- Buckets that are complete as of the position come from a rollup, the others from the steps. Only segments count: the
-- steps of an attempt that no later attempt supersedes. Sums are integer multiples of 2^-110, so addition is exact.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), metric String, from_step UInt64, to_step UInt64, bucket_steps UInt64, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
touched AS
(
    SELECT DISTINCT toString(run_id), attempt, intDiv(step, {bucket_steps:UInt64})
    FROM tributary.training_step
    WHERE run_id IN {run_ids:Array(String)} AND _position IN corrected
),
rollup AS
(
    SELECT * FROM tributary.training_step_per_64
    WHERE run_id IN {run_ids:Array(String)} AND {bucket_steps:UInt64} = 64
    UNION ALL
    SELECT * FROM tributary.training_step_per_4096
    WHERE run_id IN {run_ids:Array(String)} AND {bucket_steps:UInt64} = 4096
),
closed AS
(
    SELECT
        toString(rollup.run_id) AS run_id,
        rollup.attempt AS attempt,
        rollup.bucket AS bucket,
        multiIf({metric:String} = 'loss', sum(loss_n), {metric:String} = 'learningRate', sum(learning_rate_n), sum(grad_norm_n)) AS n,
        multiIf({metric:String} = 'loss', sum(loss_sum), {metric:String} = 'learningRate', sum(learning_rate_sum), sum(grad_norm_sum)) AS total,
        multiIf({metric:String} = 'loss', min(loss_min), {metric:String} = 'learningRate', min(learning_rate_min), min(grad_norm_min)) AS low,
        multiIf({metric:String} = 'loss', max(loss_max), {metric:String} = 'learningRate', max(learning_rate_max), max(grad_norm_max)) AS high
    FROM rollup
    INNER JOIN segment ON segment.run_id = rollup.run_id AND segment.attempt = rollup.attempt
    WHERE (toString(rollup.run_id), rollup.attempt, rollup.bucket) NOT IN touched
        AND rollup.bucket * {bucket_steps:UInt64} >= {from_step:UInt64}
        AND (rollup.bucket + 1) * {bucket_steps:UInt64} <= {to_step:UInt64} + 1
    GROUP BY run_id, attempt, bucket
    HAVING tributaryIsAtOrBefore(max(last_position), {as_of:Array(UInt64)}) AND (bucket + 1) * {bucket_steps:UInt64} <= any(segment.end_step)
),
open AS
(
    SELECT
        intDiv(step, {bucket_steps:UInt64}) AS bucket,
        multiIf({metric:String} = 'loss', loss, {metric:String} = 'learningRate', learning_rate, grad_norm) AS value,
        isFinite(value) AS finite
    FROM tributary.training_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
        AND step < segment.end_step
        AND step BETWEEN {from_step:UInt64} AND {to_step:UInt64}
        AND (toString(recorded.run_id), recorded.attempt, intDiv(step, {bucket_steps:UInt64}))
            NOT IN (SELECT run_id, attempt, bucket FROM closed)
)
SELECT
    bucket * {bucket_steps:UInt64} AS step,
    sum(n) AS value_count,
    if(sum(n) > 0, toFloat64(sum(total)) / exp2(110) / sum(n), NULL) AS mean,
    if(sum(n) > 0, min(low), NULL) AS lowest,
    if(sum(n) > 0, max(high), NULL) AS highest
FROM
(
    SELECT bucket, n, total, low, high FROM closed
    UNION ALL
    SELECT
        bucket,
        countIf(finite) AS n,
        sum(toInt256(if(finite, toFloat64(value), 0) * exp2(110))) AS total,
        min(if(finite, value, toFloat32(inf))) AS low,
        max(if(finite, value, toFloat32(-inf))) AS high
    FROM open
    GROUP BY bucket
)
GROUP BY bucket
ORDER BY bucket
LIMIT 1000000
