-- Of each shard the snapshot that listed it first, of those that list it. A shard that none lists has no row.
-- params: shard_ids Array(String), as_of Array(UInt64)
SELECT
    toString(listed_shard) AS shard_id,
    toString(listing.snapshot_id) AS snapshot_id,
    position AS evidence
FROM
(
    SELECT
        snapshot_id,
        place,
        argMax(shard_id, _position) AS listed_shard,
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
) AS listing
ORDER BY shard_id, evidence, snapshot_id
LIMIT 1 BY shard_id
LIMIT 1000000
