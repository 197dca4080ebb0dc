-- Lowest, mean and highest value of the points of a metric of a run in buckets of steps; of the steps between two, where
-- they are given. A point that was sent several times counts once. Steps below 0 or above 2^53 - 1 are in no bucket. The
-- mean adds up quotients in the order of the values, so that it depends on nothing else and cannot overflow.
-- params: run_id String, key String, from_step Nullable(Float64), to_step Nullable(Float64), bucket_steps UInt64, as_of Array(UInt64)
SELECT
    toUInt64(bucket) * {bucket_steps:UInt64} AS step,
    length(finite) AS value_count,
    if(value_count > 0, arraySum(arrayMap(value -> value / length(finite), finite)), NULL) AS mean,
    if(value_count > 0, finite[1], NULL) AS lowest,
    if(value_count > 0, finite[-1], NULL) AS highest
FROM
(
    SELECT bucket, arraySort(groupArrayIf(value, isFinite(value))) AS finite
    FROM
    (
        SELECT DISTINCT
            floor(step / {bucket_steps:UInt64}) AS bucket,
            step,
            time,
            value
        FROM tributary.training_metric
        WHERE run_id = {run_id:String}
            AND key = {key:String}
            AND step >= greatest(0.0, ifNull({from_step:Nullable(Float64)}, 0.0))
            AND step <= least(9007199254740991.0, ifNull({to_step:Nullable(Float64)}, 9007199254740991.0))
            AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
    GROUP BY bucket
)
ORDER BY step
LIMIT 1000000
