-- What the tables must hold: the rows of each table by ranges of 65,536 positions, counted by the projector with each batch
-- and inserted after its rows. Rows with an empty table_name count the positions themselves. Rows are partial: add them up.
CREATE TABLE IF NOT EXISTS tributary.log_range /*on_cluster*/
(
    log_id LowCardinality(String),
    epoch UInt64,
    table_name LowCardinality(String),
    position_range UInt64,
    row_count SimpleAggregateFunction(sum, UInt64),
    offset_sum SimpleAggregateFunction(sum, UInt64),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (log_id, epoch, table_name, position_range)
SETTINGS non_replicated_deduplication_window = 10000
