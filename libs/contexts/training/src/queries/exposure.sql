-- What a run consumed, by unit and by domain, slice, or slice and shard; with the part that it inherited from other runs.
-- params: run_id String, run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), by String, as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
SELECT
    if({by:String} = 'domain', domain, slice) AS slice_name,
    if({by:String} = 'shard', shard_id, '') AS shard,
    consumed.unit AS unit,
    sum(consumed.amount) AS whole,
    sumIf(consumed.amount, consumed.run_id != {run_id:String}) AS whole_inherited,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods
FROM consumed
GROUP BY slice_name, shard, unit
ORDER BY unit, whole DESC, slice_name, shard
LIMIT 1000000
