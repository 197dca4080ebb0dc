-- What a run consumed up to a step, by domain, slice, or slice and shard.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), step Nullable(UInt64), by String, as_of Array(UInt64)
WITH consumed AS
(
    SELECT * FROM (/*counted-exposure.sql*/)
    WHERE {step:Nullable(UInt64)} IS NULL OR last_step <= {step:Nullable(UInt64)}
)
SELECT
    if({by:String} = 'domain', domain, slice) AS slice_name,
    if({by:String} = 'shard', shard_id, '') AS shard,
    sum(consumed.amount) AS amount,
    any(consumed.unit) AS unit,
    uniqExact(consumed.unit) AS units,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods,
    max(consumed.last_step) AS last_step,
    groupUniqArray(10000)(consumed._position) AS evidence,
    (SELECT uniqExact(consumed._position) FROM consumed) AS evidence_total
FROM consumed
GROUP BY slice_name, shard
ORDER BY amount DESC, slice_name, shard
LIMIT 100000
