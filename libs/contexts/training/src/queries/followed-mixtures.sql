-- Which mixture each attempt of runs was told to follow, and which one its plan names (attempt 0), with the arm of the experiment that it belongs to. Empty text is
-- what is not recorded.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT
    run_id,
    attempt,
    argMax(mixture_id, _position) AS mixture_id,
    toString(argMax(experiment_id, _position)) AS experiment_id,
    toString(argMax(arm, _position)) AS arm,
    max(_position) AS evidence
FROM tributary.training_run
WHERE run_id IN {run_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY run_id, attempt
ORDER BY run_id, attempt
LIMIT 1000000
