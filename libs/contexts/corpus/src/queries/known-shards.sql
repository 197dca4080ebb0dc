-- Which of some shards a fact names, each with its key: `keys` are the names of the files in their addresses.
-- params: keys Array(String), shard_ids Array(String), as_of Array(UInt64)
SELECT DISTINCT shard_id
FROM tributary.corpus_shard_key
WHERE key IN {keys:Array(String)}
    AND shard_id IN {shard_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY shard_id
LIMIT 1000000
