-- Scores that stand, the newest of each run, benchmark, metric and step.
-- params: run_ids Array(String), capability Nullable(String), first UInt32, as_of UInt64
WITH newest AS
(
    SELECT
        run_id,
        capability,
        benchmark,
        metric,
        step,
        max(_position) AS position,
        argMax(tuple(value, stderr, items, unit, higher_is_better, harness, harness_version, method), _position) AS score
    FROM tributary.evaluation_score
    WHERE _position <= {as_of:UInt64}
        AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
        AND ({capability:Nullable(String)} IS NULL OR capability = {capability:Nullable(String)})
    GROUP BY run_id, capability, benchmark, metric, step
),
invalidation AS
(
    SELECT run_id, capability, benchmark, metric, step, max(_position) AS position
    FROM tributary.evaluation_invalidation
    WHERE _position <= {as_of:UInt64}
    GROUP BY run_id, capability, benchmark, metric, step
)
SELECT
    run_id,
    capability,
    benchmark,
    metric,
    step,
    score.1 AS value,
    score.2 AS stderr,
    score.3 AS items,
    score.4 AS unit,
    score.5 AS higher_is_better,
    concat(score.6, ' ', score.7) AS harness,
    score.8 AS method,
    position AS evidence
FROM newest
WHERE NOT arrayExists(
    withdrawn -> withdrawn.1 = (run_id, capability, benchmark, metric)
        AND (withdrawn.2 IS NULL OR withdrawn.2 = step)
        AND withdrawn.3 > position,
    (SELECT groupArray(((run_id, capability, benchmark, metric), step, position)) FROM invalidation)
)
ORDER BY run_id, capability, benchmark, metric, step
LIMIT {first:UInt32}
