-- What runs consumed of shards, and of slices without naming a shard, in the steps that count.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), shard_ids Array(String), slices Array(String), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT
    consumed.run_id AS run_id,
    if(consumed.shard_id = '', consumed.slice, '') AS slice_name,
    consumed.shard_id AS shard,
    consumed.unit AS unit,
    sum(consumed.amount) AS whole,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods,
    min(consumed.first_step) AS first_step,
    max(consumed.counted_to) AS last_step
FROM consumed
WHERE consumed.shard_id IN {shard_ids:Array(String)}
    OR (consumed.shard_id = '' AND consumed.slice IN {slices:Array(String)})
GROUP BY run_id, slice_name, shard, unit
ORDER BY run_id, slice_name, shard, unit
LIMIT 1000000
