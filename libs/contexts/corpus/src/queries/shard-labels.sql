-- What shards are grouped by: size, licence and source as last registered, and the newest values of an attribute by bucket,
-- with how they were measured. The source is the published package that the shard was made from. An empty attribute asks for
-- none.
-- params: shard_ids Array(String), attribute String, as_of Array(UInt64)
WITH registered AS
(
    SELECT shard_id, tokens, tokens_method, licence, origin_registry, origin_package, _position
    FROM tributary.corpus_shard
    WHERE shard_id IN {shard_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY shard_id, _position DESC
    LIMIT 1 BY shard_id
),
measured AS
(
    SELECT ref, _position, arraySort(groupArray((bucket, corpus_attribute.value))) AS buckets, any(corpus_attribute.method) AS method
    FROM tributary.corpus_attribute
    WHERE attribute = {attribute:String}
        AND subject_kind = 'shard'
        AND ref IN {shard_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY ref, _position
    ORDER BY ref, _position DESC
    LIMIT 1 BY ref
)
SELECT
    if(registered.shard_id != '', registered.shard_id, measured.ref) AS shard_id,
    registered.tokens AS tokens,
    toString(registered.tokens_method) AS tokens_method,
    if(registered.licence IN ('', 'unknown'), NULL, toString(registered.licence)) AS licence,
    if(registered.origin_package = '', NULL, concat(registered.origin_registry, ':', registered.origin_package)) AS source,
    measured.buckets AS buckets,
    toString(measured.method) AS method,
    arrayFilter(position -> position != 0, [registered._position, measured._position]) AS evidence
FROM registered
FULL OUTER JOIN measured ON measured.ref = registered.shard_id
ORDER BY shard_id
LIMIT 1000000
