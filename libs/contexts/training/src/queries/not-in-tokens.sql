-- Runs with amounts that are counted in another unit alone: of the slice, the shard and the steps there is none in tokens.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT DISTINCT run_id
FROM
(
    SELECT run_id
    FROM consumed
    GROUP BY run_id, slice, shard_id, first_step, counted_to
    HAVING countIf(unit = 'token') = 0 AND sum(amount) > 0
)
ORDER BY run_id
LIMIT 1000000
