-- Which shards orders say that runs read in which steps, in the steps that count: those of segments, and all of runs without one.
-- `of_shards` is 'named' for some shards, and 'all' for whatever shards there are.
-- A corpus of Megatron may be one that no sample was drawn from, so it counts only where no exposure names shards.
-- params: asked_runs Array(String), run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), of_shards String, shard_ids Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
skipped AS (/*skipped-steps.sql*/),
recorded AS
(
    SELECT toString(run_id) AS run_id, attempt, first_step, last_step, toString(encoding) AS encoding, recorded_order, _position
    FROM tributary.training_order
    WHERE run_id IN {asked_runs:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
),
exposed AS
(
    SELECT toString(run_id) AS run_id, attempt
    FROM tributary.training_exposure
    WHERE run_id IN {asked_runs:Array(String)}
        AND shard_id != ''
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
),
named AS
(
    SELECT run_id, attempt, read.1 AS shard, read.2 AS from_step, read.2 AS to_step, _position
    FROM
    (
        SELECT
            run_id,
            attempt,
            _position,
            JSONExtract(recorded_order, 'ranges', 'steps', 'Array(Array(Tuple(shardId String, count UInt64)))') AS steps,
            arrayJoin(arrayDistinct(arrayFlatten(arrayMap(
                (ranges, at) -> arrayMap(one -> (one.1, toUInt64(first_step + at - 1)), arrayFilter(one -> one.2 > 0, ranges)),
                steps,
                arrayEnumerate(steps)
            )))) AS read
        FROM recorded
        WHERE encoding = 'ranges'
    )
    WHERE read.1 != '' AND ({of_shards:String} = 'all' OR read.1 IN {shard_ids:Array(String)})

    UNION ALL

    SELECT run_id, attempt, shard, first_step AS from_step, last_step AS to_step, _position
    FROM
    (
        SELECT
            *,
            arrayJoin(arrayDistinct(arrayMap(
                corpus -> corpus.1,
                JSONExtract(recorded_order, 'megatronIndex', 'corpora', 'Array(Tuple(shardId String))')
            ))) AS shard
        FROM recorded
        WHERE encoding = 'megatronIndex' AND (run_id, attempt) NOT IN exposed
    )
    WHERE shard != '' AND ({of_shards:String} = 'all' OR shard IN {shard_ids:Array(String)})
)
SELECT
    named.run_id AS run_id,
    named.shard AS shard,
    named.from_step AS first_step,
    if(segment.end_step > 0, least(named.to_step, toUInt64(segment.end_step - 1)), named.to_step) AS last_step,
    named._position AS _position
FROM named
LEFT JOIN segment ON segment.run_id = named.run_id AND segment.attempt = named.attempt
LEFT JOIN skipped ON skipped.run_id = named.run_id AND skipped.attempt = named.attempt
WHERE (named.run_id NOT IN {run_ids:Array(String)} OR named.from_step < segment.end_step)
    AND NOT (named.from_step = named.to_step AND has(skipped.steps, named.from_step))
