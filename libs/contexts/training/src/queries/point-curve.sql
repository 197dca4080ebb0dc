-- Lowest, mean and highest value of the points of a metric of runs in buckets of steps, of the steps between two. A point
-- that was sent several times counts once. The mean adds up quotients in the order of the values, so that it depends on
-- nothing else and cannot overflow.
-- params: run_ids Array(String), key String, from_step UInt64, to_step UInt64, bucket_steps UInt64, as_of Array(UInt64)
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
            run_id,
            floor(step / {bucket_steps:UInt64}) AS bucket,
            step,
            time,
            value
        FROM tributary.training_metric
        WHERE run_id IN {run_ids:Array(String)}
            AND key = {key:String}
            AND step >= {from_step:UInt64}
            AND step <= {to_step:UInt64}
            AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
    GROUP BY bucket
)
ORDER BY step
LIMIT 1000000
