-- The first orders behind the shards that runs read in the steps that count, in the order of the log, and how many there are.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), of_shards String, shard_ids Array(String), first UInt32, as_of Array(UInt64)
WITH read AS (/*counted-orders.sql*/)
SELECT
    arraySlice(arraySort(groupUniqArray(read._position)), 1, {first:UInt32}) AS positions,
    uniqExact(read._position) AS total
FROM read
LIMIT 1
