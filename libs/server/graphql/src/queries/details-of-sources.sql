-- How many shards were made from packages, and their tokens where all are known. `ids` are registry, name and version.
-- params: ids Array(String), as_of Array(UInt64)
WITH shard AS
(
    SELECT
        shard_id,
        argMax(concat(toString(origin_registry), '/', toString(origin_package), '@', toString(origin_version)), _position) AS package,
        argMax(tuple(tokens), _position).1 AS tokens
    FROM tributary.corpus_shard
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY shard_id
)
SELECT
    package AS id,
    [('shards', toString(count())), ('tokens', if(count(tokens) = count(), toString(sum(assumeNotNull(tokens))), ''))] AS details
FROM shard
WHERE package IN {ids:Array(String)}
GROUP BY id
ORDER BY id
LIMIT 10000
