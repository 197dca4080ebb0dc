-- Digests of shards as last registered with one; of shards without one there is no row. Registered again without a digest, a
-- shard keeps it.
-- params: shard_ids Array(String), as_of Array(UInt64)
SELECT
    shard_id,
    argMax((toString(digest_algorithm), corpus_shard.digest), _position) AS newest,
    newest.1 AS algorithm,
    newest.2 AS value,
    max(_position) AS evidence
FROM tributary.corpus_shard
WHERE shard_id IN {shard_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND corpus_shard.digest != ''
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY shard_id
ORDER BY shard_id
LIMIT 1000000
