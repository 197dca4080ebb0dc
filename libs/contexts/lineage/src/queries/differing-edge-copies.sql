-- Ranges of 65,536 positions whose edges are not the same number in both orders.
-- params: none
SELECT 'lineage_edge_by_target' AS table_name, count() AS differing
FROM
(
    SELECT intDiv(_position, 65536) AS position_range, sum(side) AS surplus, sum(side * (_position % 65536)) AS surplus_offsets
    FROM
    (
        SELECT _position, toInt64(1) AS side
        FROM tributary.lineage_edge_by_source
        UNION ALL
        SELECT _position, toInt64(-1) AS side
        FROM tributary.lineage_edge_by_target
    )
    GROUP BY position_range
    HAVING surplus != 0 OR surplus_offsets != 0
)
HAVING differing > 0
LIMIT 10
