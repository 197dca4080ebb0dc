-- What a run consumed, by unit and by domain, slice, or slice and shard; with the part that it inherited from other runs.
-- Buckets of which everything counts come from their sums, the others from the recorded amounts. The row of the total has
-- the facts of these: how many, of how many only a part counts, the last step that counts, and the last one at which a
-- range is cut. Its `settled` is false where facts after as_of went into a sum since the buckets were chosen.
-- params: run_id String, run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), summed_segments Array(UInt32), summed_steps Array(UInt32), summed_buckets Array(UInt64), by String, as_of Array(UInt64)
WITH amounts AS (/*summed-exposure.sql*/)
SELECT
    grouping(slice_name) = 1 AS is_total,
    slice_name,
    shard,
    amounts.unit AS unit,
    sum(amounts.amount) AS whole,
    sumIf(amounts.amount, amounts.run_id != {run_id:String}) AS whole_inherited,
    arrayStringConcat(arraySort(groupUniqArray(amounts.method)), ',') AS methods,
    uniqExactIf(amounts.fact, amounts.fact > 0) AS facts,
    uniqExactIf(amounts.fact, amounts.prorated) AS prorated_facts,
    max(amounts.counted_to) AS last_step,
    maxOrNullIf(amounts.counted_to, amounts.is_cut) AS last_cut,
    tributaryIsAtOrBefore(max(amounts.last_summed), {as_of:Array(UInt64)}) AS settled
FROM amounts
GROUP BY GROUPING SETS ((slice_name, shard, unit), ())
ORDER BY is_total DESC, unit, whole DESC, slice_name, shard
LIMIT 1000000
