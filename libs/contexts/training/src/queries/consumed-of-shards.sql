-- What runs consumed in all, and of some shards, by unit and range of steps that count.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), shard_ids Array(String), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT
    consumed.unit AS unit,
    consumed.first_step AS first_step,
    consumed.counted_to AS last_step,
    sum(consumed.amount) AS whole,
    sumIf(consumed.amount, consumed.shard_id IN {shard_ids:Array(String)}) AS of_shards
FROM consumed
GROUP BY unit, first_step, last_step
ORDER BY unit, first_step, last_step
LIMIT 1000000
