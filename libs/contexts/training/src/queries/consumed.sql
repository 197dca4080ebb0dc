-- What runs consumed of shards, and of slices without naming a shard, in the steps that count.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), shard_ids Array(String), slices Array(String), as_of Array(UInt64)
SELECT
    run_id,
    if(shard_id = '', slice, '') AS slice_name,
    toString(shard_id) AS shard,
    unit,
    sum(amount) AS amount,
    arrayStringConcat(arraySort(groupUniqArray(method)), ',') AS methods,
    min(last_step - steps + 1) AS first_step,
    max(counted_to) AS last_counted_step
FROM (/*counted-exposure.sql*/)
WHERE counted > 0
    AND (shard_id IN {shard_ids:Array(String)} OR (shard_id = '' AND slice IN {slices:Array(String)}))
GROUP BY run_id, slice_name, shard, unit
ORDER BY run_id, slice_name, shard, unit
LIMIT 100000
