-- Metrics of runs whose latest point is not the latest one that was recorded.
-- params: none
SELECT 'training_metric_latest' AS table_name, count() AS differing
FROM
(
    SELECT run_id, key
    FROM
    (
        SELECT run_id, key, toString(max(tuple(if(isNaN(step), -inf, step), ifNull(time, 0), if(isNaN(value), -inf, value)))) AS point
        FROM tributary.training_metric
        GROUP BY run_id, key
        UNION ALL
        SELECT run_id, key, toString(tuple(if(isNaN(merged.2), -inf, merged.2), merged.3, if(isNaN(merged.1), -inf, merged.1))) AS point
        FROM
        (
            SELECT run_id, key, argMaxMerge(latest) AS merged
            FROM tributary.training_metric_latest
            GROUP BY run_id, key
        )
    )
    GROUP BY run_id, key
    HAVING count() != 2 OR min(point) != max(point)
)
HAVING differing > 0
LIMIT 10
