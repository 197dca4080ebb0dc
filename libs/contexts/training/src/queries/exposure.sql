-- What a run consumed, by unit and by domain, slice, or slice and shard; with the part that it inherited from other runs.
-- Buckets of which everything counts come from their sums, the others from the recorded amounts. The row of the total has
-- the facts of these: how many, of how many only a part counts, the last step that counts, and the last one at which a
-- range is cut. Its `settled` is false where facts after as_of went into a sum since the buckets were chosen.
-- params: run_id String, run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), summed_segments Array(UInt32), summed_steps Array(UInt32), summed_buckets Array(UInt64), by String, as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/),
amounts AS
(
    SELECT
        consumed.run_id AS run_id,
        if({by:String} = 'domain', domain, slice) AS slice_name,
        if({by:String} = 'shard', shard_id, '') AS shard,
        unit,
        method,
        amount,
        _position AS fact,
        prorated,
        is_cut,
        counted_to,
        toUInt64(0) AS last_summed
    FROM consumed

    UNION ALL

    SELECT
        toString(summed.run_id) AS run_id,
        if({by:String} = 'domain', splitByChar('/', toString(summed.slice))[1], toString(summed.slice)) AS slice_name,
        toString(summed.shard_id) AS shard,
        toString(summed.unit) AS unit,
        toString(summed.method) AS method,
        summed.amount AS amount,
        toUInt64(0) AS fact,
        false AS prorated,
        false AS is_cut,
        0 AS counted_to,
        summed.last_position AS last_summed
    FROM tributary.training_exposure_sum AS summed
    WHERE summed.by_shard = ({by:String} = 'shard')
        AND (summed.run_id, summed.attempt, summed.bucket_steps, summed.bucket) IN (/*summed-buckets.sql*/)
)
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
LIMIT 1000001
