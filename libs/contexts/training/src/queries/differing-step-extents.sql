-- Attempts of runs whose extents of metrics do not add up to the columns of their steps. They are added up once more with
-- a digest of name and bucket as the weight: rows that are lost and others that are doubled do not cancel.
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
            count() AS value_count,
            sum(cityHash64(metric, intDiv(step, 4096))) AS weighted,
            max(_position) AS last
        FROM
        (
            SELECT
                run_id,
                attempt,
                step,
                _position,
                arrayJoin(arrayConcat(
                    if(isNaN(loss), [], ['loss']),
                    if(isNaN(learning_rate), [], ['learningRate']),
                    if(isNaN(grad_norm), [], ['gradNorm']),
                    if(tokens > 0, ['tokens'], []),
                    CAST(mapKeys(mapFilter((name, value) -> NOT isNaN(value), extra)), 'Array(String)')
                )) AS metric
            FROM tributary.training_step
        )
        GROUP BY run_id, attempt
        UNION ALL
        SELECT
            run_id,
            attempt,
            sum(extent.value_count) AS value_count,
            sum(extent.value_count * cityHash64(toString(name), bucket)) AS weighted,
            max(last_position) AS last
        FROM tributary.training_step_extent AS extent
        GROUP BY run_id, attempt
    )
    GROUP BY run_id, attempt
    HAVING count() != 2 OR min(value_count) != max(value_count) OR min(weighted) != max(weighted) OR min(last) != max(last)
)
HAVING differing > 0
LIMIT 10
