-- Shards with one of some keys: a digest that was registered at any time, or the name of a file in their address. `most` of a
-- key at most.
-- params: keys Array(String), most UInt32, as_of Array(UInt64)
SELECT key, shard_id
FROM tributary.corpus_shard_key
WHERE key IN {keys:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY key, shard_id
ORDER BY key, shard_id
LIMIT {most:UInt32} BY key
LIMIT 200001
