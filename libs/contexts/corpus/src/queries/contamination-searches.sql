-- Searches of shards for the items of a benchmark, without what they found: the newest of each shard and way to search. A search
-- by another version of an instrument, or for another number of items, is another way: it does not erase what was found before.
-- What one part of a shard has is not refuted by another part without any, so of searches of parts the newest that found an item.
-- params: benchmark String, version Nullable(String), shard_ids Array(String), as_of Array(UInt64)
SELECT
    shard_id,
    digest_algorithm AS algorithm,
    digest AS value,
    items_digest,
    kind,
    is_part,
    items_compared,
    items_skipped,
    items_matched,
    _position AS evidence
FROM tributary.corpus_contamination
WHERE benchmark = {benchmark:String}
    AND ({version:Nullable(String)} IS NULL OR (benchmark_version != '' AND benchmark_version = {version:Nullable(String)}))
    AND shard_id IN {shard_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY shard_id, is_part AND items_matched = 0, _position DESC
LIMIT 1 BY
    shard_id, digest_algorithm, digest, benchmark_version, items_digest, items_compared, items_skipped,
    kind, gram, gram_of, threshold, field, instrument, instrument_version, is_part
LIMIT 1000000
