-- What is recorded of one step of a run, of any attempt: which attempts an order covers it of, and whether its update was
-- skipped. There is a row for each attempt of which anything is recorded.
-- params: run_id String, step UInt64, as_of Array(UInt64)
SELECT
    attempt,
    max(mention = 'order') AS ordered,
    max(mention = 'skip') AS skipped,
    groupArraySorted(1000)(DISTINCT if(mention = 'skip', _position, 0)) AS evidence
FROM
(
    SELECT attempt, _position, 'order' AS mention
    FROM tributary.training_order
    WHERE run_id = {run_id:String} AND first_step <= {step:UInt64} AND last_step >= {step:UInt64}
    UNION ALL
    SELECT attempt, _position, 'exposure'
    FROM tributary.training_exposure_range
    WHERE run_id = {run_id:String} AND first_step <= {step:UInt64} AND last_step >= {step:UInt64}
    UNION ALL
    SELECT attempt, _position, 'step'
    FROM tributary.training_step
    WHERE run_id = {run_id:String} AND step = {step:UInt64}
    UNION ALL
    SELECT attempt, _position, 'skip'
    FROM tributary.training_skipped_step
    WHERE run_id = {run_id:String} AND step = {step:UInt64}
)
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY attempt
ORDER BY attempt
LIMIT 100000
