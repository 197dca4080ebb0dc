-- What a snapshot lists of slices and of what lies inside of them, by slice and by source, licence or shard: tokens, tokens as often
-- as they are listed, and shards whose size is not recorded. Shards without a known slice have an empty one. Shards that are
-- held out or in the list of retracted ones do not count.
-- params: snapshot_id String, slices Array(String), by String, retracted Array(String), as_of Array(UInt64)
WITH member AS
(
    SELECT toString(shard_id) AS listed_shard, toString(slice) AS listed_slice, toUInt64(repeats) AS times, _position
    FROM tributary.corpus_member
    WHERE snapshot_id = {snapshot_id:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY place, _position DESC
    LIMIT 1 BY place
),
source AS
(
    SELECT toString(ref) AS listed_shard, '' AS listed_slice, toUInt64(multiplicity) AS times, _position
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
        toString(slice) AS registered_slice,
        toString(split) AS split_name,
        tokens,
        if(origin_package = '', '', concat(toString(origin_registry), ':', toString(origin_package))) AS source,
        if(licence IN ('', 'unknown'), '', toString(licence)) AS licence_name,
        _position
    FROM tributary.corpus_shard
    WHERE shard_id IN (SELECT listed_shard FROM listed)
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY shard_id, _position DESC
    LIMIT 1 BY shard_id
)
SELECT
    if(listed.slice_in_list = '', newest.registered_slice, listed.slice_in_list) AS slice,
    multiIf({by:String} = 'shard', listed.listed_shard, {by:String} = 'source', newest.source, {by:String} = 'licence', newest.licence_name, '') AS part,
    sum(ifNull(newest.tokens, 0)) AS tokens,
    sum(ifNull(newest.tokens, 0) * listed.repeats) AS listed_tokens,
    count() AS shards,
    countIf(newest.tokens IS NULL) AS unknown_shards,
    arraySlice(arraySort(arrayFilter(position -> position > 0, arrayDistinct(arrayConcat(groupArray(newest._position), groupArray(listed.listed_at))))), 1, 10000) AS evidence
FROM listed
LEFT JOIN newest ON newest.shard_id = listed.listed_shard
WHERE newest.split_name != 'held_out'
    AND NOT has({retracted:Array(String)}, listed.listed_shard)
    AND (slice = '' OR arrayExists(name -> slice = name OR startsWith(slice, concat(name, '/')), {slices:Array(String)}))
GROUP BY slice, part
ORDER BY slice, part
LIMIT 20001
