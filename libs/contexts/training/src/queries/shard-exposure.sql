-- What runs consumed of some shards together, by run and unit.
-- params: shard_ids Array(String), run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT
    consumed.run_id AS run_id,
    consumed.unit AS unit,
    sum(consumed.amount) AS whole,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods,
    min(consumed.first_step) AS first_step,
    max(consumed.counted_to) AS last_step,
    arraySlice(arraySort(groupUniqArray(consumed._position)), 1, 1000) AS evidence,
    uniqExact(consumed._position) AS evidence_total
FROM consumed
WHERE consumed.shard_id IN {shard_ids:Array(String)}
GROUP BY run_id, unit
ORDER BY run_id, unit
LIMIT 1000000
