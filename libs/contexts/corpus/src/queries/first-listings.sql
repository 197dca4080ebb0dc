-- Of each shard the snapshot that listed it first, of those that list it, by the time of recording in microseconds: positions in
-- several partitions of the log are not comparable. A shard that none lists has no row.
-- params: shard_ids Array(String), as_of Array(UInt64)
SELECT
    toString(listing.shard_id) AS shard_id,
    toString(listing.snapshot_id) AS snapshot_id,
    toUnixTimestamp64Micro(listing.first_recorded) AS recorded,
    listing.first_position AS evidence
FROM
(
    SELECT
        snapshot_id,
        place,
        corpus_member.shard_id AS shard_id,
        min(recorded_at) AS first_recorded,
        argMin(_position, (recorded_at, _position)) AS first_position,
        max(_position) AS last_position
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
    GROUP BY snapshot_id, place, shard_id
    ORDER BY last_position DESC
    LIMIT 1 BY snapshot_id, place
) AS listing
WHERE listing.shard_id IN {shard_ids:Array(String)}
ORDER BY shard_id, recorded, snapshot_id
LIMIT 1 BY shard_id
LIMIT 1000000
