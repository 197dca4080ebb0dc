-- What runs consumed in all, by run and slice.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT
    consumed.run_id AS run_id,
    consumed.slice AS slice,
    sum(consumed.amount) AS amount,
    arrayStringConcat(arraySort(groupUniqArray(consumed.unit)), ',') AS unit,
    countIf(consumed.shard_id = '') = 0 AS names_shards,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods,
    arraySort(groupUniqArray(10000)(consumed._position)) AS evidence
FROM consumed
GROUP BY run_id, slice
ORDER BY run_id, slice
LIMIT 1000000
