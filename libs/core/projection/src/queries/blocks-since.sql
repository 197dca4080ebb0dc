-- How many blocks, at least, were inserted into a table since the oldest of the blocks that have rows for a range of positions, and
-- of how many blocks the engine remembers the tokens; 0 where the table does not say that, as one of a cluster. The name of a part
-- ends with the first and the last number of the blocks that were merged into it. The name of another table replaces
-- training_step, also in the texts that name it.
-- params: after UInt64, until UInt64
SELECT
    (
        SELECT max(toInt64(max_block_number))
        FROM system.parts
        WHERE concat(database, '.', table) = 'tributary.training_step'
    ) - min(toInt64OrZero(splitByChar('_', _part)[3])) AS blocks,
    (
        SELECT max(toUInt64OrZero(extract(engine_full, '^MergeTree.* non_replicated_deduplication_window = (\\d+)')))
        FROM system.tables
        WHERE concat(database, '.', name) = 'tributary.training_step'
    ) AS remembered
FROM tributary.training_step
WHERE _position > {after:UInt64} AND _position <= {until:UInt64}
LIMIT 1
