-- One row a target that an emission of a facet decides; an empty target says that the emission decides nothing more.
CREATE TABLE IF NOT EXISTS tributary.lineage_claim /*on_cluster*/
(
    via String CODEC(ZSTD(1)),
    facet String CODEC(ZSTD(1)),
    emission String CODEC(ZSTD(1)),
    target String CODEC(ZSTD(1)),
    rank UInt8,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (via, facet, emission, target, _position)
SETTINGS non_replicated_deduplication_window = 10000
