-- Rows and an order-independent checksum of each of 64 equal parts of a range of positions.
-- The name of another table replaces training_step.
-- params: first UInt64, width UInt64
SELECT
    intDiv(_position - {first:UInt64}, {width:UInt64}) AS row_part,
    count() AS row_count,
    toString(sum(cityHash64(formatRow('RowBinary', *)))) AS checksum
FROM tributary.training_step
WHERE _position >= {first:UInt64} AND _position - {first:UInt64} < {width:UInt64} * 64
GROUP BY row_part
ORDER BY row_part
LIMIT 64
