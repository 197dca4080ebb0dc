-- Rows of a table that were counted with the batches, by ranges of 65,536 positions: their number, and the sum of the offsets
-- of their positions. Beside them how many positions of the range were counted, whatever rows they made, and the last one:
-- a batch inserts the counts of all tables at once, so these rows are those of the positions up to there.
-- params: name String
SELECT
    position_range,
    sumIf(row_count, table_name = {name:String}) AS row_total,
    sumIf(offset_sum, table_name = {name:String}) AS offset_total,
    sumIf(row_count, table_name = '') AS positions,
    maxIf(last_position, table_name = '') AS last
FROM tributary.log_range
WHERE table_name IN ('', {name:String})
GROUP BY position_range
ORDER BY position_range
LIMIT 10000000
