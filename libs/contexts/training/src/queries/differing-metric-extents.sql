-- Metrics of runs whose extents do not add up to their points, with a digest of the bucket as a weight once more.
-- params: none
SELECT 'training_metric_extent' AS table_name, count() AS differing
FROM
(
    SELECT run_id, attempt, key, method
    FROM
    (
        SELECT
            run_id,
            attempt,
            key,
            method,
            count() AS value_count,
            sum(cityHash64(if(isNaN(step), inf, floor(step / 4096)))) AS weighted,
            max(_position) AS last
        FROM tributary.training_metric
        GROUP BY run_id, attempt, key, method
        UNION ALL
        SELECT
            run_id,
            attempt,
            key,
            method,
            sum(extent.value_count) AS value_count,
            sum(extent.value_count * cityHash64(bucket)) AS weighted,
            max(last_position) AS last
        FROM tributary.training_metric_extent AS extent
        GROUP BY run_id, attempt, key, method
    )
    GROUP BY run_id, attempt, key, method
    HAVING count() != 2 OR min(value_count) != max(value_count) OR min(weighted) != max(weighted) OR min(last) != max(last)
)
HAVING differing > 0
LIMIT 10
