-- Evenly spaced points of a metric of several runs between two steps: about `first` of each run, including its last.
-- params: run_ids Array(String), key String, from_step Nullable(Float64), to_step Nullable(Float64), first UInt32, as_of Array(UInt64)
SELECT run_id, value, step, time
FROM
(
    SELECT
        run_id,
        training_metric.value AS value,
        training_metric.step AS step,
        training_metric.time AS time,
        row_number() OVER (PARTITION BY run_id ORDER BY step, time, training_metric.value) AS place,
        count() OVER (PARTITION BY run_id) AS total
    FROM tributary.training_metric
    WHERE run_id IN {run_ids:Array(String)}
        AND key = {key:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND ({from_step:Nullable(Float64)} IS NULL OR training_metric.step >= {from_step:Nullable(Float64)})
        AND ({to_step:Nullable(Float64)} IS NULL OR training_metric.step <= {to_step:Nullable(Float64)})
    GROUP BY run_id, training_metric.value, training_metric.step, training_metric.time
)
WHERE total <= {first:UInt32} OR place = total OR place % toUInt64(ceil(total / {first:UInt32})) = 1
ORDER BY run_id, place
LIMIT 1000000
