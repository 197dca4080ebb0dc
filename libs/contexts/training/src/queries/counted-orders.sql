-- Which shards orders say that runs read in which steps, in the steps that count: those of segments.
-- `of_shards` is 'named' for some shards, and 'all' for whatever shards there are.
-- A corpus of Megatron may be one that no sample was drawn from, so it counts only in steps of which no exposure names all shards:
-- from the first to the last such step of its order.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), of_shards String, shard_ids Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
skipped AS (/*skipped-steps.sql*/),
counted AS
(
    SELECT
        toString(recorded.run_id) AS run_id,
        recorded.attempt AS attempt,
        recorded.first_step AS first_step,
        toUInt64(least(recorded.last_step, segment.end_step - 1)) AS counted_to,
        toString(recorded.encoding) AS encoding,
        recorded.recorded_order AS recorded_order,
        recorded._position AS _position
    FROM tributary.training_order AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded.first_step < segment.end_step
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
),
/* Ranges of steps of which no order has to say what was read: exposure names all shards, or what was read does not count. */
told AS
(
    SELECT toString(run_id) AS run_id, attempt, first_step, last_step
    FROM tributary.training_exposure
    WHERE (run_id, attempt) IN (SELECT run_id, attempt FROM counted WHERE encoding = 'megatronIndex')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    GROUP BY run_id, attempt, first_step, last_step, _position
    HAVING countIf(shard_id = '') = 0

    UNION ALL

    SELECT run_id, attempt, arrayJoin(steps) AS first_step, first_step AS last_step
    FROM skipped
),
/* Those that follow each other without a gap are one. */
joined AS
(
    SELECT run_id, attempt, groupArray((from_step, to_step)) AS ranges
    FROM
    (
        SELECT run_id, attempt, min(first_step) AS from_step, max(last_step) AS to_step
        FROM
        (
            SELECT *, sum(is_gap) OVER (PARTITION BY run_id, attempt ORDER BY first_step, last_step) AS nth
            FROM
            (
                SELECT
                    *,
                    first_step > 1 + max(last_step) OVER (
                        PARTITION BY run_id, attempt
                        ORDER BY first_step, last_step
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                    ) AS is_gap
                FROM told
            )
        )
        GROUP BY run_id, attempt, nth
    )
    GROUP BY run_id, attempt
),
named AS
(
    SELECT run_id, attempt, read.1 AS shard, read.2 AS from_step, read.2 AS to_step, _position
    FROM
    (
        SELECT
            counted.run_id AS run_id,
            counted.attempt AS attempt,
            counted._position AS _position,
            JSONExtract(recorded_order, 'ranges', 'steps', 'Array(Array(Tuple(shardId String, count UInt64)))') AS of_steps,
            arrayJoin(arrayDistinct(arrayFlatten(arrayMap(
                (ranges, at) -> arrayMap(one -> (one.1, toUInt64(first_step + at - 1)), arrayFilter(one -> one.2 > 0, ranges)),
                of_steps,
                arrayEnumerate(of_steps)
            )))) AS read,
            counted.counted_to AS counted_to,
            skipped.steps AS skipped_steps
        FROM counted
        LEFT JOIN skipped ON skipped.run_id = counted.run_id AND skipped.attempt = counted.attempt
        WHERE encoding = 'ranges'
    )
    WHERE read.1 != ''
        AND read.2 <= counted_to
        AND NOT has(skipped_steps, read.2)
        AND ({of_shards:String} = 'all' OR read.1 IN {shard_ids:Array(String)})

    UNION ALL

    SELECT run_id, attempt, shard, from_step, to_step, _position
    FROM
    (
        SELECT
            counted.run_id AS run_id,
            counted.attempt AS attempt,
            counted._position AS _position,
            toUInt64(first_step + arrayMax(arrayMap(
                range -> if(range.1 <= first_step AND first_step <= range.2, toInt64(range.2 - first_step + 1), 0),
                joined.ranges
            ))) AS from_step,
            toInt64(counted_to - arrayMax(arrayMap(
                range -> if(range.1 <= counted_to AND counted_to <= range.2, toInt64(counted_to - range.1 + 1), 0),
                joined.ranges
            ))) AS last_untold,
            toUInt64(greatest(last_untold, 0)) AS to_step,
            arrayJoin(arrayDistinct(arrayMap(
                corpus -> corpus.1,
                JSONExtract(recorded_order, 'megatronIndex', 'corpora', 'Array(Tuple(shardId String))')
            ))) AS shard
        FROM counted
        LEFT JOIN joined ON joined.run_id = counted.run_id AND joined.attempt = counted.attempt
        WHERE encoding = 'megatronIndex'
    )
    WHERE shard != ''
        AND toInt64(from_step) <= last_untold
        AND ({of_shards:String} = 'all' OR shard IN {shard_ids:Array(String)})
)
SELECT run_id, shard, from_step AS first_step, to_step AS last_step, _position
FROM named
