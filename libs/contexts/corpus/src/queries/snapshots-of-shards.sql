-- Snapshots that list one of the shards or name it as a source, and those made from them, nearest first. Up to 17
-- hops: those that are 17 hops away say that there may be more.
-- params: shard_ids Array(String), as_of Array(UInt64)
WITH RECURSIVE source AS
(
    SELECT snapshot_id, kind, ref, multiplicity, _position
    FROM tributary.corpus_snapshot_source
    WHERE (snapshot_id, _position) IN
    (
        SELECT snapshot_id, max(_position)
        FROM tributary.corpus_snapshot
        WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
        GROUP BY snapshot_id
    )
),
listing AS
(
    SELECT
        snapshot_id,
        place,
        argMax(shard_id, _position) AS listed_shard,
        argMax(repeats, _position) AS repeats,
        max(_position) AS position
    FROM tributary.corpus_member
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND (snapshot_id, place) IN
        (
            SELECT snapshot_id, place
            FROM tributary.corpus_member
            WHERE shard_id IN {shard_ids:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
                AND _position NOT IN (/*corrected-events.sql*/)
        )
    GROUP BY snapshot_id, place
    HAVING listed_shard IN {shard_ids:Array(String)}
),
holder AS
(
    SELECT toString(listed_shard) AS shard_id, toString(snapshot_id) AS snapshot_id, toUInt64(repeats) AS repeats, position
    FROM listing
    UNION ALL
    SELECT toString(ref) AS shard_id, toString(snapshot_id) AS snapshot_id, toUInt64(multiplicity) AS repeats, _position AS position
    FROM source
    WHERE kind = 'shard' AND ref IN {shard_ids:Array(String)}
),
walk AS
(
    SELECT shard_id, snapshot_id, toUInt8(0) AS hops, repeats, position
    FROM holder

    UNION ALL

    SELECT walk.shard_id AS shard_id, toString(source.snapshot_id) AS snapshot_id, toUInt8(walk.hops + 1) AS hops, toUInt64(0) AS repeats, source._position AS position
    FROM source
    INNER JOIN walk ON source.ref = walk.snapshot_id
    WHERE source.kind = 'snapshot' AND walk.hops < 17
)
SELECT
    shard_id,
    snapshot_id,
    min(hops) AS hops,
    sumIf(walk.repeats, walk.hops = 0) AS repeats,
    arraySort(groupUniqArray(1000)(walk.position)) AS evidence,
    uniqExact(walk.position) AS evidence_total
FROM walk
GROUP BY shard_id, snapshot_id
ORDER BY hops, snapshot_id, shard_id
LIMIT 100000
