-- Positions between two that the tables were filled with, by log and epoch, and the last of them.
-- params: first UInt64, last UInt64
SELECT log_id, epoch, sum(row_count) AS positions, max(last_position) AS last
FROM tributary.log_range
WHERE table_name = '' AND position_range >= intDiv({first:UInt64}, 65536) AND position_range <= intDiv({last:UInt64}, 65536)
GROUP BY log_id, epoch
ORDER BY log_id, epoch
LIMIT 100
