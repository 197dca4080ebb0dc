-- Snapshots that list a shard or name it as a source, and those made from them, nearest first, up to 16 hops.
-- params: shard_id String, as_of Array(UInt64)
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
            WHERE shard_id = {shard_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
                AND _position NOT IN (/*corrected-events.sql*/)
        )
    GROUP BY snapshot_id, place
    HAVING listed_shard = {shard_id:String}
),
holder AS
(
    SELECT toString(snapshot_id) AS snapshot_id, toUInt64(repeats) AS repeats, position FROM listing
    UNION ALL
    SELECT snapshot_id, toUInt64(multiplicity) AS repeats, _position AS position
    FROM source
    WHERE kind = 'shard' AND ref = {shard_id:String}
),
walk AS
(
    SELECT snapshot_id, toUInt8(0) AS hops, repeats, position
    FROM holder

    UNION ALL

    SELECT source.snapshot_id, toUInt8(walk.hops + 1) AS hops, toUInt64(0) AS repeats, source._position AS position
    FROM source
    INNER JOIN walk ON source.ref = walk.snapshot_id
    WHERE source.kind = 'snapshot' AND walk.hops < 16
)
SELECT
    snapshot_id,
    min(hops) AS hops,
    sumIf(walk.repeats, walk.hops = 0) AS repeats,
    arraySort(groupUniqArray(1000)(walk.position)) AS evidence,
    uniqExact(walk.position) AS evidence_total
FROM walk
GROUP BY snapshot_id
ORDER BY hops, snapshot_id
LIMIT 100000
