-- Runs other than the named ones that have scores of the capabilities, with their benchmarks.
-- params: run_ids Array(String), capabilities Array(String), as_of Array(UInt64)
SELECT DISTINCT run_id, capability, benchmark
FROM tributary.evaluation_score
WHERE capability IN {capabilities:Array(String)}
    AND run_id NOT IN {run_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY run_id, capability, benchmark
LIMIT 1000000
