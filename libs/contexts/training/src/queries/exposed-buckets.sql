-- The buckets of 64 steps in which recorded exposure of attempts begins, with its first step and the last one that it reaches. All of a
-- bucket counts if its facts were recorded by the position and none is corrected; of the others the facts have to be read.
-- params: run_ids Array(String), attempts Array(UInt32), as_of Array(UInt64)
SELECT
    toString(run_id) AS run_id,
    attempt,
    bucket,
    min(per_64.first_step) AS first_step,
    max(per_64.last_step) AS last_step,
    tributaryIsAtOrBefore(max(per_64.last_position), {as_of:Array(UInt64)})
        AND (run_id, attempt, bucket) NOT IN
        (
            SELECT toString(run_id), attempt, intDiv(first_step, 64)
            FROM tributary.training_exposure_range
            WHERE run_id IN {run_ids:Array(String)} AND _position IN (/*corrected-events.sql*/)
        ) AS counts
FROM tributary.training_exposure_range_per_64 AS per_64
WHERE run_id IN {run_ids:Array(String)} AND attempt IN {attempts:Array(UInt32)}
GROUP BY run_id, attempt, bucket
HAVING tributaryIsAtOrBefore(min(per_64.first_position), {as_of:Array(UInt64)})
