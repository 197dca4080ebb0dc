-- Rows of a table that were counted with the batches, by ranges of 65,536 positions: their number, and the sum of the offsets
-- of their positions. The empty name counts the positions themselves.
-- params: name String
SELECT position_range, sum(row_count) AS row_total, sum(offset_sum) AS offset_total
FROM tributary.log_range
WHERE table_name = {name:String}
GROUP BY position_range
ORDER BY position_range
LIMIT 10000000
