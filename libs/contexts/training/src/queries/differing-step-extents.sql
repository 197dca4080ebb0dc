-- Attempts of runs whose extents of metrics do not add up to the columns of their steps. They are added up once more with
-- digests of name and bucket as the weight: rows that are lost and others that are doubled do not cancel. Each name is
-- digested once a block, because its column has a dictionary, and no row is made for a value.
-- params: none
SELECT 'training_step_extent' AS table_name, count() AS differing
FROM
(
    SELECT run_id, attempt
    FROM
    (
        SELECT
            run_id,
            attempt,
            sum(own.1 + arrayCount(value -> NOT isNaN(value), mapValues(extra))) AS value_count,
            sum(
                cityHash64(toUInt64(intDiv(step, 4096)))
                * (own.2 + arraySum((name, value) -> if(isNaN(value), 0, cityHash64(name)), mapKeys(extra), mapValues(extra)))
            ) AS weighted,
            maxIf(_position, own.1 > 0 OR arrayExists(value -> NOT isNaN(value), mapValues(extra))) AS last
        FROM
        (
            SELECT
                run_id,
                attempt,
                step,
                extra,
                _position,
                (
                    (NOT isNaN(loss)) + (NOT isNaN(learning_rate)) + (NOT isNaN(grad_norm)) + (tokens > 0),
                    if(isNaN(loss), 0, cityHash64('loss'))
                        + if(isNaN(learning_rate), 0, cityHash64('learningRate'))
                        + if(isNaN(grad_norm), 0, cityHash64('gradNorm'))
                        + if(tokens > 0, cityHash64('tokens'), 0)
                ) AS own
            FROM tributary.training_step
        )
        GROUP BY run_id, attempt
        HAVING value_count > 0
        UNION ALL
        SELECT
            run_id,
            attempt,
            sum(extent.value_count) AS value_count,
            sum(extent.value_count * cityHash64(name) * cityHash64(bucket)) AS weighted,
            max(last_position) AS last
        FROM tributary.training_step_extent AS extent
        GROUP BY run_id, attempt
    )
    GROUP BY run_id, attempt
    HAVING count() != 2 OR min(value_count) != max(value_count) OR min(weighted) != max(weighted) OR min(last) != max(last)
)
HAVING differing > 0
LIMIT 10
