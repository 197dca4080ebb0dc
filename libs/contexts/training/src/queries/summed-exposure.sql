-- What segments consumed, as rows to add up: sums of buckets of which everything counts, and recorded amounts of the others.
-- Sums name no fact, and have the last position that went into them; amounts name their fact and how they were counted.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), open_segments Array(UInt32), open_buckets Array(UInt64), summed_segments Array(UInt32), summed_steps Array(UInt32), summed_buckets Array(UInt64), by String, as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/)
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
