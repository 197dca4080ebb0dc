-- The recorded steps of an attempt in a range.
-- params: run_id String, attempt UInt32, from_step UInt64, to_step UInt64
SELECT step, loss, grad_norm
FROM tributary.training_step
WHERE run_id = {run_id:String}
    AND attempt = {attempt:UInt32}
    AND step BETWEEN {from_step:UInt64} AND {to_step:UInt64}
ORDER BY step
LIMIT 1000000
