-- Ranges of 65,536 positions between two, by log and epoch: how many positions the tables were filled with, the sum of the
-- digests of their events modulo 2^64, how many positions are in that sum, and the last position.
-- params: first UInt64, last UInt64
SELECT
    log_id,
    epoch,
    position_range,
    sum(row_count) AS positions,
    sum(digested_positions) AS digested,
    toString(sum(digest_sum)) AS digest,
    max(last_position) AS last
FROM tributary.log_range
WHERE table_name = '' AND position_range >= intDiv({first:UInt64}, 65536) AND position_range <= intDiv({last:UInt64}, 65536)
GROUP BY log_id, epoch, position_range
ORDER BY log_id, epoch, position_range
LIMIT 10000000
