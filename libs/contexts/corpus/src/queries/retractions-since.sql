-- Shards that were retracted after a position of the log and not after another one, by themselves or with their package or
-- snapshot, as it holds by then. The shards of a snapshot are those that it lists or names as a source, and those of the
-- snapshots that it was made from. Up to 17 hops: a row without a shard for a snapshot that is 17 hops away says that there
-- may be more.
-- params: since Array(UInt64), until Array(UInt64), as_of Array(UInt64)
WITH RECURSIVE source_retraction AS
(
    SELECT toString(source_kind) AS retracted_kind, source_ref, reason, actor, _position
    FROM tributary.corpus_source_retraction
    WHERE NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {until:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
source AS
(
    SELECT snapshot_id, toString(kind) AS kind, ref
    FROM tributary.corpus_snapshot_source
    WHERE (snapshot_id, _position) IN (/*newest-snapshots.sql*/)
),
within AS
(
    SELECT source_ref AS retracted, source_ref AS snapshot_id, toUInt8(0) AS hops
    FROM source_retraction
    WHERE retracted_kind = 'snapshot'

    UNION ALL

    SELECT DISTINCT within.retracted AS retracted, source.ref AS snapshot_id, toUInt8(within.hops + 1) AS hops
    FROM source
    INNER JOIN within ON source.snapshot_id = within.snapshot_id
    WHERE source.kind = 'snapshot' AND within.hops < 17
),
near AS
(
    SELECT retracted, snapshot_id, min(hops) AS least
    FROM within
    GROUP BY retracted, snapshot_id
),
part AS
(
    SELECT DISTINCT shard_id, 'package' AS kind, concat(origin_registry, '/', origin_package, '@', origin_version) AS ref
    FROM tributary.corpus_shard
    WHERE ref IN (SELECT source_ref FROM source_retraction WHERE retracted_kind = 'package')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)

    UNION ALL

    SELECT DISTINCT held.shard_id AS shard_id, 'snapshot' AS kind, near.retracted AS ref
    FROM
    (
        SELECT shard_id, snapshot_id
        FROM
        (
            SELECT toString(corpus_member.shard_id) AS shard_id, toString(corpus_member.snapshot_id) AS snapshot_id
            FROM tributary.corpus_member
            WHERE corpus_member.snapshot_id IN (SELECT snapshot_id FROM within)
                AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
                AND _position NOT IN (/*corrected-events.sql*/)
            ORDER BY corpus_member.snapshot_id, place, _position DESC
            LIMIT 1 BY corpus_member.snapshot_id, place
        )
        UNION ALL
        SELECT ref AS shard_id, snapshot_id
        FROM source
        WHERE kind = 'shard'
    ) AS held
    INNER JOIN near ON near.snapshot_id = held.snapshot_id

    UNION ALL

    SELECT DISTINCT '' AS shard_id, 'snapshot' AS kind, retracted AS ref
    FROM near
    WHERE least > 16
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
    INNER JOIN source_retraction ON source_retraction.retracted_kind = part.kind AND source_retraction.source_ref = part.ref
)
ORDER BY evidence, shard_id
LIMIT 10001
