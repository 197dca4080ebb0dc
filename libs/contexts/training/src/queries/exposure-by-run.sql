-- What each of several runs consumed, by unit and by domain, slice, or slice and shard. The first row is the total, as in
-- the question about one run.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), summed_segments Array(UInt32), summed_steps Array(UInt32), summed_buckets Array(UInt64), by String, as_of Array(UInt64)
WITH amounts AS (/*summed-exposure.sql*/)
SELECT
    grouping(slice_name) = 1 AS is_total,
    amounts.run_id AS run,
    slice_name,
    shard,
    amounts.unit AS unit,
    sum(amounts.amount) AS whole,
    arrayStringConcat(arraySort(groupUniqArray(amounts.method)), ',') AS methods,
    uniqExactIf(amounts.fact, amounts.fact > 0) AS facts,
    uniqExactIf(amounts.fact, amounts.prorated) AS prorated_facts,
    max(amounts.counted_to) AS last_step,
    maxOrNullIf(amounts.counted_to, amounts.is_cut) AS last_cut,
    tributaryIsAtOrBefore(max(amounts.last_summed), {as_of:Array(UInt64)}) AS settled
FROM amounts
GROUP BY GROUPING SETS ((run, slice_name, shard, unit), ())
ORDER BY is_total DESC, run, unit, whole DESC, slice_name, shard
LIMIT 1000000
