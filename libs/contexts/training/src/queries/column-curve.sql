-- Lowest, mean and highest value of a column of steps without a rollup, in buckets of steps of a run, of the steps between
-- two. Only segments count: the steps of an attempt that no later attempt supersedes. Sums are integer multiples of 2^-110,
-- so addition is exact. All values but tokens have single precision.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), metric String, from_step UInt64, to_step UInt64, bucket_steps UInt64, as_of Array(UInt64)
WITH segment AS (/*segments.sql*/),
recorded_value AS
(
    SELECT
        intDiv(recorded.step, {bucket_steps:UInt64}) AS bucket,
        if(
            {metric:String} = 'tokens',
            if(recorded.tokens > 0, toFloat64(recorded.tokens), nan),
            if(mapContains(recorded.extra, {metric:String}), toFloat64(recorded.extra[{metric:String}]), nan)
        ) AS value
    FROM tributary.training_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded.step BETWEEN {from_step:UInt64} AND {to_step:UInt64}
        AND recorded.step < segment.end_step
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN (/*corrected-events.sql*/)
)
SELECT
    bucket * {bucket_steps:UInt64} AS step,
    countIf(isFinite(value)) AS value_count,
    if(value_count > 0, toFloat64(sum(toInt256(if(isFinite(value), value, 0) * exp2(110)))) / exp2(110) / value_count, NULL) AS mean,
    minIf(value, isFinite(value)) AS least,
    maxIf(value, isFinite(value)) AS greatest,
    if(value_count = 0, NULL, if({metric:String} = 'tokens', least, toFloat64(toString(toFloat32(least))))) AS lowest,
    if(value_count = 0, NULL, if({metric:String} = 'tokens', greatest, toFloat64(toString(toFloat32(greatest))))) AS highest
FROM recorded_value
GROUP BY bucket
ORDER BY bucket
LIMIT 1000000
