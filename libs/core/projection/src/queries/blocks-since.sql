-- How many blocks, at least, were inserted into a table after the last one that has rows for a range of positions, and of how many
-- blocks the engine remembers the tokens; 0 where the table does not say that, as one of a cluster. The name of a part ends with
-- the first and the last number of the blocks that were merged into it. The name of another table replaces training_step.
-- params: after UInt64, until UInt64, table String
SELECT
    (
        SELECT max(toInt64(max_block_number))
        FROM system.parts
        WHERE database = 'tributary' AND table = {table:String}
    ) - max(toInt64OrZero(splitByChar('_', _part)[3])) AS blocks,
    (
        SELECT max(toUInt64OrZero(extract(engine_full, '^MergeTree.* non_replicated_deduplication_window = (\\d+)')))
        FROM system.tables
        WHERE database = 'tributary' AND name = {table:String}
    ) AS remembered
FROM tributary.training_step
WHERE _position > {after:UInt64} AND _position <= {until:UInt64}
LIMIT 1
