-- Ranges of 65,536 positions before a given one in which a table does not have the rows that were counted with the batches.
-- The name of another table replaces training_step.
-- params: name String, before UInt64
SELECT position_range, sum(counted) AS counted_rows, sum(stored) AS stored_rows
FROM
(
    SELECT
        position_range,
        sum(row_count) AS counted,
        sum(offset_sum) AS counted_offsets,
        toUInt64(0) AS stored,
        toUInt64(0) AS stored_offsets
    FROM tributary.log_range
    WHERE table_name = {name:String} AND position_range < {before:UInt64}
    GROUP BY position_range
    UNION ALL
    SELECT
        intDiv(_position, 65536) AS position_range,
        toUInt64(0) AS counted,
        toUInt64(0) AS counted_offsets,
        count() AS stored,
        sum(_position % 65536) AS stored_offsets
    FROM tributary.training_step
    WHERE intDiv(_position, 65536) < {before:UInt64}
    GROUP BY position_range
)
GROUP BY position_range
HAVING counted_rows != stored_rows OR sum(counted_offsets) != sum(stored_offsets)
ORDER BY position_range
LIMIT 20
