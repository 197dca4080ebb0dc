-- What runs consumed in all, by run, slice and unit.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT
    run_id,
    slice,
    consumed.unit AS unit,
    toFloat64(sum(consumed.amount)) / exp2(60) AS amount,
    countIf(consumed.shard_id = '') = 0 AS names_shards,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods,
    arraySort(groupUniqArray(consumed._position)) AS evidence
FROM consumed
GROUP BY run_id, slice, unit
ORDER BY run_id, slice, unit
LIMIT 1000000
