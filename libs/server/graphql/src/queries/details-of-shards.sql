-- What shards are, as last registered.
-- params: ids Array(String), as_of Array(UInt64)
SELECT
    shard_id AS id,
    argMax([('slice', toString(slice)), ('split', toString(split)), ('tokens', ifNull(toString(tokens), '')), ('licence', toString(licence)), ('address', uri)], _position) AS details
FROM tributary.corpus_shard
WHERE shard_id IN {ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY id
ORDER BY id
LIMIT 10000
