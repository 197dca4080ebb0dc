-- The recorded orders of an attempt that say what one step read.
-- params: run_id String, attempt UInt32, step UInt64, as_of Array(UInt64)
SELECT
    first_step,
    last_step,
    toString(method) AS method,
    toString(encoding) AS encoding,
    recorded_order,
    _position AS evidence
FROM tributary.training_order
WHERE run_id = {run_id:String}
    AND attempt = {attempt:UInt32}
    AND first_step <= {step:UInt64}
    AND last_step >= {step:UInt64}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY evidence
LIMIT 10000
