-- What a snapshot lists of slices and of what lies inside of them, by slice and by source, licence or shard: tokens, tokens as often
-- as they are listed, and shards whose size is not recorded. Shards without a known slice have an empty one. Shards that are
-- held out or in the list of retracted ones do not count. Each of `others` is the same as the shard at its place in `firsts`, and
-- both count once in one of `slices`, under the least of their ids there, as often as both are listed: what is not recorded of one is that of the other.
-- params: snapshot_id String, slices Array(String), by String, retracted Array(String), others Array(String), firsts Array(String), as_of Array(UInt64)
WITH member AS
(
    SELECT CAST(shard_id, 'String') AS listed_shard, CAST(slice, 'String') AS listed_slice, toUInt64(repeats) AS times, _position
    FROM tributary.corpus_member
    WHERE snapshot_id = {snapshot_id:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY place, _position DESC
    LIMIT 1 BY place
),
source AS
(
    SELECT CAST(ref, 'String') AS listed_shard, '' AS listed_slice, toUInt64(multiplicity) AS times, _position
    FROM tributary.corpus_snapshot_source
    WHERE snapshot_id = {snapshot_id:String}
        AND kind = 'shard'
        AND _position =
        (
            SELECT max(_position)
            FROM tributary.corpus_snapshot
            WHERE snapshot_id = {snapshot_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
                AND _position NOT IN (/*corrected-events.sql*/)
        )
),
listed AS
(
    SELECT listed_shard, listed_slice AS slice_in_list, sum(times) AS repeats, max(_position) AS listed_at
    FROM
    (
        SELECT * FROM member
        UNION ALL
        SELECT * FROM source WHERE listed_shard NOT IN (SELECT listed_shard FROM member)
    )
    GROUP BY listed_shard, listed_slice
),
newest AS
(
    SELECT
        toString(shard_id) AS shard_id,
        CAST(slice, 'String') AS registered_slice,
        CAST(split, 'String') AS split_name,
        tokens,
        CAST(if(origin_package = '', '', concat(origin_registry, ':', origin_package)), 'String') AS source,
        CAST(if(licence IN ('', 'unknown'), '', licence), 'String') AS licence_name,
        _position
    FROM tributary.corpus_shard
    WHERE shard_id IN (SELECT listed_shard FROM listed)
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY shard_id, _position DESC
    LIMIT 1 BY shard_id
),
placed AS
(
    SELECT
        listed.listed_shard AS placed_shard,
        if(listed.slice_in_list = '', newest.registered_slice, listed.slice_in_list) AS slice_name,
        listed.repeats AS times,
        listed.listed_at AS listed_at,
        newest.tokens AS tokens,
        newest.source AS source_name,
        newest.licence_name AS licence_name,
        newest._position AS registered_at
    FROM listed
    LEFT JOIN newest ON newest.shard_id = listed.listed_shard
    WHERE newest.split_name != 'held_out'
        AND NOT has({retracted:Array(String)}, listed.listed_shard)
),
counted AS
(
    SELECT
        transform(placed_shard, {others:Array(String)}, {firsts:Array(String)}, placed_shard) AS shard,
        arraySort(name -> -length(name), arrayFilter(name -> slice_name = name OR startsWith(slice_name, concat(name, '/')), {slices:Array(String)}))[1] AS planned_slice,
        argMin(slice_name, (placed_shard, slice_name)) AS slice,
        min(placed_shard) AS least_shard,
        sum(placed.times) AS repeats,
        argMin(placed.tokens, placed_shard) AS known_tokens,
        argMinIf(source_name, placed_shard, source_name != '') AS known_source,
        argMinIf(placed.licence_name, placed_shard, placed.licence_name != '') AS known_licence,
        arrayConcat(groupArray(registered_at), groupArray(placed.listed_at)) AS positions
    FROM placed
    WHERE slice_name = '' OR planned_slice != ''
    GROUP BY shard, planned_slice
)
SELECT
    slice,
    multiIf({by:String} = 'shard', least_shard, {by:String} = 'source', known_source, {by:String} = 'licence', known_licence, '') AS part,
    sum(ifNull(known_tokens, 0)) AS tokens,
    sum(ifNull(known_tokens, 0) * counted.repeats) AS listed_tokens,
    count() AS shards,
    countIf(known_tokens IS NULL) AS unknown_shards,
    arraySlice(arraySort(arrayFilter(position -> position > 0, arrayDistinct(groupArrayArray(positions)))), 1, 10000) AS evidence
FROM counted
GROUP BY slice, part
ORDER BY slice, part
LIMIT 20001
