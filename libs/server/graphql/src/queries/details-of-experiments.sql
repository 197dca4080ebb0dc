-- How many runs were started in experiments by their newest attempt, and how many arms they have, as last assigned.
-- params: ids Array(String), as_of Array(UInt64)
WITH run AS
(
    SELECT run_id, argMax(toString(experiment_id), (attempt, _position)) AS experiment
    FROM tributary.training_run
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY run_id
),
arm AS
(
    SELECT toString(experiment_id) AS experiment, arm, _position
    FROM tributary.mixture_arm
    WHERE experiment_id IN {ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
counted AS
(
    SELECT experiment, run_id AS run, '' AS arm, 0 AS _position FROM run WHERE experiment IN {ids:Array(String)}
    UNION ALL
    SELECT experiment, '', arm, _position FROM arm WHERE (experiment, _position) IN (SELECT experiment, max(_position) FROM arm GROUP BY experiment)
)
SELECT experiment AS id, [('runs', toString(countIf(run != ''))), ('arms', toString(countIf(arm != '')))] AS details
FROM counted
GROUP BY id
ORDER BY id
LIMIT 10000
