-- What runs consumed in all, by run and slice.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/),
by_unit AS
(
    SELECT
        run_id,
        slice,
        consumed.unit AS unit,
        toFloat64(sum(consumed.amount)) / exp2(60) AS amount,
        countIf(consumed.shard_id = '') AS without_shard,
        groupUniqArray(consumed.method) AS methods,
        groupUniqArray(consumed._position) AS positions
    FROM consumed
    GROUP BY run_id, slice, unit
)
SELECT
    run_id,
    slice,
    sum(by_unit.amount) AS amount,
    arrayStringConcat(arraySort(groupUniqArray(by_unit.unit)), ',') AS unit,
    sum(without_shard) = 0 AS names_shards,
    arrayStringConcat(arraySort(groupUniqArrayArray(by_unit.methods)), ',') AS methods,
    arraySort(groupUniqArrayArray(by_unit.positions)) AS evidence
FROM by_unit
GROUP BY run_id, slice
ORDER BY run_id, slice
LIMIT 1000000
