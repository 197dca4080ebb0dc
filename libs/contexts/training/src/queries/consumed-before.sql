-- What the newest recorded ranges of steps consumed, of those that begin at or before a step: by range, slice and shard,
-- in the order of the ranges.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), step UInt64, ranges UInt32, as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/),
newest AS
(
    SELECT DISTINCT consumed.first_step
    FROM consumed
    WHERE consumed.first_step <= {step:UInt64}
    ORDER BY consumed.first_step DESC
    LIMIT {ranges:UInt32}
)
SELECT
    consumed.first_step AS first_step,
    max(consumed.counted_to) AS last_step,
    consumed.slice AS slice_name,
    consumed.domain AS domain_name,
    consumed.shard_id AS shard,
    consumed.unit AS unit,
    sum(consumed.amount) AS whole
FROM consumed
WHERE consumed.first_step IN newest
GROUP BY first_step, slice_name, domain_name, shard, unit
ORDER BY first_step, slice_name, shard, unit
LIMIT 1000000
