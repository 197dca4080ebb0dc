-- Searches of shards for the items of a benchmark, without what they found: the newest of each shard and way to search.
-- params: benchmark String, version Nullable(String), shard_ids Array(String), as_of Array(UInt64)
SELECT
    shard_id,
    is_sample,
    items_matched,
    _position AS evidence
FROM tributary.corpus_contamination
WHERE benchmark = {benchmark:String}
    AND ({version:Nullable(String)} IS NULL OR benchmark_version = {version:Nullable(String)})
    AND shard_id IN {shard_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY shard_id, _position DESC
LIMIT 1 BY shard_id, benchmark_version, items_digest, kind, gram, gram_of, threshold, instrument, is_sample
LIMIT 1000000
