-- Attempts of runs whose sums of exposure do not add up to what is recorded, by table.
-- params: none
SELECT
    rollup.1 AS table_name,
    sum(rollup.2) AS differing
FROM
(
    SELECT arrayJoin([
        ('training_exposure_range_per_64', sumIf(sides.facts, side = 'per_64') != sumIf(sides.facts, side = 'ranges')),
        (
            'training_exposure_sum',
            sumIf(sides.amount, side = 'sums') != 6 * sumIf(sides.amount, side = 'amounts')
                OR maxIf(sides.last, side = 'sums') != maxIf(sides.last, side = 'amounts')
        )
    ]) AS rollup
    FROM
    (
        SELECT 'ranges' AS side, run_id, attempt, count() AS facts, toInt256(0) AS amount, toUInt64(0) AS last
        FROM tributary.training_exposure_range
        GROUP BY run_id, attempt
        UNION ALL
        SELECT 'per_64' AS side, run_id, attempt, sum(facts) AS facts, toInt256(0) AS amount, toUInt64(0) AS last
        FROM tributary.training_exposure_range_per_64
        GROUP BY run_id, attempt
        UNION ALL
        SELECT
            'amounts' AS side,
            run_id,
            attempt,
            toUInt64(0) AS facts,
            sum(
                toInt256(toUInt64(floor(least(recorded.amount, exp2(62))))) * toInt256(bitShiftLeft(toUInt64(1), 60))
                + toInt256(toUInt64((least(recorded.amount, exp2(62)) - floor(least(recorded.amount, exp2(62)))) * exp2(60)))
            ) AS amount,
            max(recorded._position) AS last
        FROM tributary.training_exposure AS recorded
        GROUP BY run_id, attempt
        UNION ALL
        SELECT 'sums' AS side, run_id, attempt, toUInt64(0) AS facts, sum(summed.amount) AS amount, max(summed.last_position) AS last
        FROM tributary.training_exposure_sum AS summed
        GROUP BY run_id, attempt
    ) AS sides
    GROUP BY run_id, attempt
)
GROUP BY table_name
HAVING differing > 0
ORDER BY table_name
LIMIT 10
