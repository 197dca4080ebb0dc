-- Rows of log_range for a range of positions that was counted up to a position, or further. A batch inserts them at once.
-- params: until UInt64
SELECT count() AS row_total
FROM tributary.log_range
WHERE table_name = '' AND position_range = intDiv({until:UInt64}, 65536) AND last_position >= {until:UInt64}
LIMIT 1
