-- Digests of shards that they were registered with at any time.
-- params: shard_ids Array(String), as_of Array(UInt64)
SELECT DISTINCT shard_id, toString(digest_algorithm) AS algorithm, corpus_shard.digest AS value
FROM tributary.corpus_shard
WHERE shard_id IN {shard_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND corpus_shard.digest != ''
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY shard_id, algorithm, value
LIMIT 1000000
