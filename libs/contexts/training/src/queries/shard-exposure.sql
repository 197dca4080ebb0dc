-- What runs consumed of one shard, by run and unit. Only segments count; of a range that is partly superseded, a share
-- counts. Unlike in `counted-exposure.sql`, skipped steps are not subtracted.
-- params: shard_id String, run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
consumed AS
(
    SELECT
        recorded.run_id AS run_id,
        recorded.unit AS unit,
        recorded.first_step AS first_step,
        least(recorded.last_step, segment.end_step - 1) AS counted_to,
        recorded._position AS _position,
        counted_to - recorded.first_step + 1 AS counted,
        recorded.last_step - recorded.first_step + 1 AS steps,
        recorded.amount * counted / steps AS amount,
        if(counted = steps, recorded.method, 'inferred') AS method
    FROM tributary.training_exposure AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.shard_id = {shard_id:String}
        AND recorded.run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND recorded.first_step < segment.end_step
)
SELECT
    consumed.run_id AS run_id,
    consumed.unit AS unit,
    sum(consumed.amount) AS amount,
    arrayStringConcat(arraySort(groupUniqArray(consumed.method)), ',') AS methods,
    min(consumed.first_step) AS first_step,
    max(consumed.counted_to) AS last_step,
    groupUniqArray(1000)(consumed._position) AS evidence,
    uniqExact(consumed._position) AS evidence_total
FROM consumed
GROUP BY run_id, unit
ORDER BY run_id, unit
LIMIT 100000
