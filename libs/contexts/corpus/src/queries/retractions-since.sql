-- Shards that were retracted after a position of the log and not after another one, by themselves or with their package or
-- snapshot, as it holds by then.
-- params: since Array(UInt64), until Array(UInt64), as_of Array(UInt64)
WITH source_retraction AS
(
    SELECT source_kind, source_ref, reason, actor, _position
    FROM tributary.corpus_source_retraction
    WHERE NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {until:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
part AS
(
    SELECT DISTINCT shard_id, 'package' AS kind, concat(origin_registry, '/', origin_package, '@', origin_version) AS ref
    FROM tributary.corpus_shard
    WHERE ref IN (SELECT source_ref FROM source_retraction WHERE source_kind = 'package')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT DISTINCT shard_id, 'snapshot' AS kind, toString(snapshot_id) AS ref
    FROM tributary.corpus_member
    WHERE snapshot_id IN (SELECT source_ref FROM source_retraction WHERE source_kind = 'snapshot')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
)
SELECT shard_id, type, reason, actor, evidence
FROM
(
    SELECT shard_id, 'corpus.shard.retracted' AS type, reason, actor, _position AS evidence
    FROM tributary.corpus_retraction
    WHERE NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {until:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT part.shard_id AS shard_id, 'corpus.source.retracted' AS type, reason, actor, _position AS evidence
    FROM part
    INNER JOIN source_retraction ON toString(source_retraction.source_kind) = part.kind AND source_retraction.source_ref = part.ref
)
ORDER BY evidence, shard_id
LIMIT 10001
