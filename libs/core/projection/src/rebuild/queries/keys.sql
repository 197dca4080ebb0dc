-- Keys of a rollup in their order with the hashes of their merged rows, where the hash of the key begins with one of
-- the given 12 bits. The name and the key of another rollup replace those of training_run_latest.
-- params: offset UInt64, parts Array(UInt64)
SELECT
    formatRow('JSONEachRow', run_id, attempt) AS key_text,
    toString(cityHash64(formatRow('RowBinary', *))) AS row_hash
FROM tributary.training_run_latest FINAL
WHERE has({parts:Array(UInt64)}, bitShiftRight(cityHash64(run_id, attempt), 52))
ORDER BY run_id, attempt
LIMIT 1000 OFFSET {offset:UInt64}
