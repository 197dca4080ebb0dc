-- What a run consumed up to a step, by domain, slice, or slice and shard. Only segments count: the steps of an attempt
-- that were not superseded. Of a range that a rewind cuts or in which steps were skipped, a share counts.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), step Nullable(UInt64), by String, as_of Array(UInt64)
WITH corrected AS
(
    SELECT corrected_position FROM tributary.log_correction WHERE _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)]
),
segment AS
(
    SELECT part.1 AS run_id, part.2 AS attempt, part.3 AS end_step
    FROM
    (
        SELECT arrayJoin(arrayZip({run_ids:Array(String)}, {attempts:Array(UInt32)}, {ends:Array(UInt64)})) AS part
    )
),
skipped AS
(
    SELECT run_id, attempt, groupUniqArray(step) AS steps
    FROM tributary.training_skipped_step
    WHERE run_id IN {run_ids:Array(String)} AND _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)] AND _position NOT IN corrected
    GROUP BY run_id, attempt
),
consumed AS
(
    SELECT
        recorded.domain AS domain,
        recorded.slice AS slice,
        recorded.shard_id AS shard_id,
        recorded.unit AS unit,
        recorded.last_step AS last_step,
        recorded._position AS _position,
        least(recorded.last_step, segment.end_step - 1) AS counted_to,
        counted_to - recorded.first_step + 1
            - arrayCount(s -> s BETWEEN recorded.first_step AND counted_to, skipped.steps) AS counted,
        recorded.last_step - recorded.first_step + 1 AS steps,
        recorded.amount * counted / steps AS amount,
        if(counted = steps, recorded.method, 'inferred') AS method
    FROM tributary.training_exposure AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    LEFT JOIN skipped ON skipped.run_id = recorded.run_id AND skipped.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded._position <= {as_of:Array(UInt64)}[1 + bitShiftRight(recorded._position, 40)]
        AND recorded._position NOT IN corrected
        AND ({step:Nullable(UInt64)} IS NULL OR recorded.last_step <= {step:Nullable(UInt64)})
        AND recorded.first_step < segment.end_step
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
