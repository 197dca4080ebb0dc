-- Rows that a table has up to a position, by ranges of 65,536 positions: their number, and the sum of the offsets of their
-- positions. The name of another table replaces training_step.
-- params: as_of Array(UInt64)
SELECT intDiv(_position, 65536) AS position_range, count() AS row_total, sum(_position % 65536) AS offset_total
FROM tributary.training_step
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY position_range
ORDER BY position_range
LIMIT 10000000
