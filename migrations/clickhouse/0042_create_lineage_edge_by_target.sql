-- One row a mention of an edge, in the order of its target.
-- via: the run, job or dataset whose OpenLineage events say so; facet and emission: which facet of it, and when.
CREATE TABLE IF NOT EXISTS tributary.lineage_edge_by_target /*on_cluster*/
(
    source String CODEC(ZSTD(1)),
    target String CODEC(ZSTD(1)),
    source_kind LowCardinality(String),
    target_kind LowCardinality(String),
    kind LowCardinality(String),
    multiplicity UInt32,
    rank UInt8,
    via String CODEC(ZSTD(1)),
    facet String CODEC(ZSTD(1)),
    emission String CODEC(ZSTD(1)),
    source_field String CODEC(ZSTD(1)),
    target_field String CODEC(ZSTD(1)),
    transformation LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (target, source, kind, via, _position)
SETTINGS non_replicated_deduplication_window = 10000
