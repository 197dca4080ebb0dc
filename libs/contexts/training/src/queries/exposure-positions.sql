-- The first facts behind what a run consumed, in the order of the log. The table has that order, so reading ends with them.
-- params: run_id String, attempts Array(UInt32), ends Array(UInt64), first UInt32, as_of Array(UInt64)
WITH
(
    SELECT groupArray((attempt, step))
    FROM
    (
        SELECT DISTINCT attempt, step
        FROM tributary.training_skipped_step
        WHERE run_id = {run_id:String}
            AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
) AS skipped
SELECT groupArray(position) AS positions
FROM
(
    SELECT
        _position AS position,
        transform(toUInt64(attempt), {attempts:Array(UInt32)}, {ends:Array(UInt64)}, toUInt64(0)) AS end_step,
        least(last_step, end_step - 1) AS counted_to
    FROM tributary.training_exposure_range
    WHERE run_id = {run_id:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND first_step < end_step
        AND counted_to - first_step + 1
            > arrayCount(one -> one.1 = attempt AND one.2 BETWEEN first_step AND counted_to, skipped)
    ORDER BY _position
    LIMIT {first:UInt32}
)
