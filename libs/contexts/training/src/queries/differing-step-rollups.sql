-- Attempts of runs whose rollup does not add up to their recorded steps, by rollup.
-- params: none
SELECT
    rollup.1 AS table_name,
    sum(rollup.2) AS differing
FROM
(
    SELECT arrayJoin([
        ('training_step_per_64', sumIf(sides.steps, side = 'per_64') != recorded_steps OR sumIf(sides.tokens, side = 'per_64') != recorded_tokens),
        ('training_step_per_4096', sumIf(sides.steps, side = 'per_4096') != recorded_steps OR sumIf(sides.tokens, side = 'per_4096') != recorded_tokens),
        ('training_run_latest', maxIf(sides.last, side = 'latest') != recorded_last OR sumIf(sides.tokens, side = 'latest') != recorded_tokens)
    ]) AS rollup,
    sumIf(sides.steps, side = 'steps') AS recorded_steps,
    sumIf(sides.tokens, side = 'steps') AS recorded_tokens,
    maxIf(sides.last, side = 'steps') AS recorded_last
    FROM
    (
        SELECT 'steps' AS side, run_id, attempt, count() AS steps, sum(tokens) AS tokens, max(step) AS last
        FROM tributary.training_step
        GROUP BY run_id, attempt
        UNION ALL
        SELECT 'per_64' AS side, run_id, attempt, sum(steps) AS steps, sum(tokens) AS tokens, toUInt64(0) AS last
        FROM tributary.training_step_per_64
        GROUP BY run_id, attempt
        UNION ALL
        SELECT 'per_4096' AS side, run_id, attempt, sum(steps) AS steps, sum(tokens) AS tokens, toUInt64(0) AS last
        FROM tributary.training_step_per_4096
        GROUP BY run_id, attempt
        UNION ALL
        SELECT 'latest' AS side, run_id, attempt, toUInt64(0) AS steps, sum(tokens) AS tokens, max(last_step) AS last
        FROM tributary.training_run_latest
        GROUP BY run_id, attempt
    ) AS sides
    GROUP BY run_id, attempt
)
GROUP BY table_name
HAVING differing > 0
ORDER BY table_name
LIMIT 10
