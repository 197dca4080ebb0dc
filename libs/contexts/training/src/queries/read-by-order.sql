-- Which shards orders say that runs read, in the steps that count.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), of_shards String, shard_ids Array(String), as_of Array(UInt64)
WITH read AS (/*counted-orders.sql*/)
SELECT
    read.run_id AS run_id,
    read.shard AS shard,
    min(read.first_step) AS first_step,
    max(read.last_step) AS last_step,
    arraySlice(arraySort(groupUniqArray(read._position)), 1, 1000) AS evidence,
    uniqExact(read._position) AS evidence_total
FROM read
GROUP BY run_id, shard
ORDER BY run_id, shard
LIMIT 1000000
