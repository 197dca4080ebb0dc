-- What runs consumed in the steps that count, one row for each recorded exposure. Steps of a segment count, except skipped
-- ones: a segment has the steps of an attempt that no later attempt supersedes. Where only some steps of a range count,
-- the same share of its amount counts, and the method is 'inferred'.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), as_of Array(UInt64)
WITH segment AS (/*segments.sql*/),
skipped AS (/*skipped-steps.sql*/)
SELECT
    recorded.run_id AS run_id,
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
    AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
    AND recorded._position NOT IN (/*corrected-events.sql*/)
    AND recorded.first_step < segment.end_step
