-- Tokens that an attempt consumed in the ranges of steps that have a step, by slice and shard, as they were recorded.
-- params: run_id String, attempt UInt32, step UInt64, as_of Array(UInt64)
SELECT
    toString(slice) AS slice,
    toString(shard_id) AS shard,
    first_step,
    last_step,
    sum(amount) AS tokens,
    max(method = 'inferred') AS inferred,
    groupUniqArray(_position) AS evidence
FROM tributary.training_exposure
WHERE run_id = {run_id:String}
    AND attempt = {attempt:UInt32}
    AND first_step <= {step:UInt64}
    AND last_step >= {step:UInt64}
    AND unit = 'token'
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY slice, shard, first_step, last_step
ORDER BY slice, shard, first_step, last_step
LIMIT 100000
