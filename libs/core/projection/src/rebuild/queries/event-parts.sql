-- Rows of one event and an order-independent checksum of them, by the first 12 bits of their hashes.
-- The name of another table replaces training_step.
-- params: position UInt64
SELECT
    bitShiftRight(cityHash64(formatRow('RowBinary', *)), 52) AS row_part,
    count() AS row_count,
    toString(sum(cityHash64(formatRow('RowBinary', *)))) AS checksum
FROM tributary.training_step
WHERE _position = {position:UInt64}
GROUP BY row_part
ORDER BY row_part
LIMIT 4096
