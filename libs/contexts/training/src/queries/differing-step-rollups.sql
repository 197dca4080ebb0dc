-- Attempts of runs whose rollup does not add up to their recorded steps, by rollup. The steps are added up once more with
-- a digest of their bucket as the weight: rows that are lost and others of the same attempt that are doubled do not cancel.
-- params: none
SELECT
    rollup.1 AS table_name,
    sum(rollup.2) AS differing
FROM
(
    SELECT arrayJoin([
        ('training_step_per_64', sumIf(sides.steps, side = 'per_64') != recorded_steps OR sumIf(sides.tokens, side = 'per_64') != recorded_tokens
            OR sumIf(sides.at_64, side = 'per_64') != sumIf(sides.at_64, side = 'steps')),
        ('training_step_per_4096', sumIf(sides.steps, side = 'per_4096') != recorded_steps OR sumIf(sides.tokens, side = 'per_4096') != recorded_tokens
            OR sumIf(sides.at_4096, side = 'per_4096') != sumIf(sides.at_4096, side = 'steps')),
        ('training_run_latest', maxIf(sides.last, side = 'latest') != recorded_last OR sumIf(sides.tokens, side = 'latest') != recorded_tokens)
    ]) AS rollup,
    sumIf(sides.steps, side = 'steps') AS recorded_steps,
    sumIf(sides.tokens, side = 'steps') AS recorded_tokens,
    maxIf(sides.last, side = 'steps') AS recorded_last
    FROM
    (
        SELECT
            'steps' AS side,
            run_id,
            attempt,
            count() AS steps,
            sum(tokens) AS tokens,
            max(step) AS last,
            sum(cityHash64(toUInt64(intDiv(step, 64)))) AS at_64,
            sum(cityHash64(toUInt64(intDiv(step, 4096)))) AS at_4096
        FROM tributary.training_step
        GROUP BY run_id, attempt
        UNION ALL
        SELECT
            'per_64' AS side,
            run_id,
            attempt,
            sum(fine.steps) AS steps,
            sum(fine.tokens) AS tokens,
            toUInt64(0) AS last,
            sum(fine.steps * cityHash64(toUInt64(bucket))) AS at_64,
            toUInt64(0) AS at_4096
        FROM tributary.training_step_per_64 AS fine
        GROUP BY run_id, attempt
        UNION ALL
        SELECT
            'per_4096' AS side,
            run_id,
            attempt,
            sum(coarse.steps) AS steps,
            sum(coarse.tokens) AS tokens,
            toUInt64(0) AS last,
            toUInt64(0) AS at_64,
            sum(coarse.steps * cityHash64(toUInt64(bucket))) AS at_4096
        FROM tributary.training_step_per_4096 AS coarse
        GROUP BY run_id, attempt
        UNION ALL
        SELECT
            'latest' AS side,
            run_id,
            attempt,
            toUInt64(0) AS steps,
            sum(tokens) AS tokens,
            max(last_step) AS last,
            toUInt64(0) AS at_64,
            toUInt64(0) AS at_4096
        FROM tributary.training_run_latest
        GROUP BY run_id, attempt
    ) AS sides
    GROUP BY run_id, attempt
)
GROUP BY table_name
HAVING differing > 0
ORDER BY table_name
LIMIT 10
