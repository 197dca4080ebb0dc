-- Rows of one event whose hashes begin with one of the given 12 bits.
-- The name of another table replaces training_step.
-- params: parts Array(UInt64), position UInt64
SELECT
    toString(cityHash64(formatRow('RowBinary', *))) AS row_hash,
    formatRow('JSONEachRow', *) AS row_text
FROM tributary.training_step
WHERE _position = {position:UInt64}
    AND has({parts:Array(UInt64)}, bitShiftRight(cityHash64(formatRow('RowBinary', *)), 52))
ORDER BY row_hash
LIMIT 9999
