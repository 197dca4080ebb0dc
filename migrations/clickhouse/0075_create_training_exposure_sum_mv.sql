-- The whole number of an amount is that of counted-exposure.sql: at most 2^62, and cut below 2^-60.
CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.training_exposure_sum_mv /*on_cluster*/ TO tributary.training_exposure_sum AS
SELECT
    fine.run_id AS run_id,
    fine.attempt AS attempt,
    part.1 AS by_shard,
    part.2 AS bucket_steps,
    part.3 AS bucket,
    fine.slice AS slice,
    if(part.1 = 1, fine.shard, '') AS shard_id,
    fine.unit AS unit,
    fine.method AS method,
    sum(fine.whole) AS amount,
    max(fine.last) AS last_position
FROM
(
    SELECT
        recorded.run_id AS run_id,
        recorded.attempt AS attempt,
        intDiv(recorded.first_step, 64) AS per_64,
        recorded.slice AS slice,
        recorded.shard_id AS shard,
        recorded.unit AS unit,
        recorded.method AS method,
        sum(
            toInt256(toUInt64(floor(least(recorded.amount, exp2(62))))) * toInt256(bitShiftLeft(toUInt64(1), 60))
            + toInt256(toUInt64((least(recorded.amount, exp2(62)) - floor(least(recorded.amount, exp2(62)))) * exp2(60)))
        ) AS whole,
        max(recorded._position) AS last
    FROM tributary.training_exposure AS recorded
    GROUP BY run_id, attempt, per_64, slice, shard, unit, method
) AS fine
ARRAY JOIN
    [
        (toUInt8(0), toUInt32(64), per_64),
        (toUInt8(0), toUInt32(4096), intDiv(per_64, 64)),
        (toUInt8(0), toUInt32(262144), intDiv(per_64, 4096)),
        (toUInt8(1), toUInt32(64), per_64),
        (toUInt8(1), toUInt32(4096), intDiv(per_64, 64)),
        (toUInt8(1), toUInt32(262144), intDiv(per_64, 4096))
    ] AS part
GROUP BY run_id, attempt, by_shard, bucket_steps, bucket, slice, shard_id, unit, method
