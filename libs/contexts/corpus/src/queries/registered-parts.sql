-- What is registered of slices and of what lies inside of them, by slice and by source, licence or shard: tokens, and shards whose
-- size is not recorded. Shards that are held out or in the list of retracted ones do not count. Each of `others` is the same as
-- the shard at its place in `firsts`, and both count once in one of `slices`, under the least of their ids there: what is not recorded of one is that of the other.
-- params: slices Array(String), by String, retracted Array(String), others Array(String), firsts Array(String), as_of Array(UInt64)
WITH newest AS
(
    SELECT
        shard_id,
        CAST(slice, 'String') AS slice_name,
        CAST(split, 'String') AS split_name,
        tokens,
        CAST(if(origin_package = '', '', concat(origin_registry, ':', origin_package)), 'String') AS source,
        CAST(if(licence IN ('', 'unknown'), '', licence), 'String') AS licence_name,
        _position
    FROM tributary.corpus_shard
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY shard_id, _position DESC
    LIMIT 1 BY shard_id
),
counted AS
(
    SELECT
        transform(newest.shard_id, {others:Array(String)}, {firsts:Array(String)}, newest.shard_id) AS shard,
        arraySort(name -> -length(name), arrayFilter(name -> newest.slice_name = name OR startsWith(newest.slice_name, concat(name, '/')), {slices:Array(String)}))[1] AS planned_slice,
        argMin(newest.slice_name, newest.shard_id) AS slice,
        min(newest.shard_id) AS least_shard,
        argMin(newest.tokens, newest.shard_id) AS known_tokens,
        argMinIf(newest.source, newest.shard_id, newest.source != '') AS known_source,
        argMinIf(newest.licence_name, newest.shard_id, newest.licence_name != '') AS known_licence,
        groupArray(newest._position) AS positions
    FROM newest
    WHERE split_name != 'held_out'
        AND NOT has({retracted:Array(String)}, newest.shard_id)
        AND planned_slice != ''
    GROUP BY shard, planned_slice
)
SELECT
    slice,
    multiIf({by:String} = 'shard', least_shard, {by:String} = 'source', known_source, {by:String} = 'licence', known_licence, '') AS part,
    sum(ifNull(known_tokens, 0)) AS tokens,
    sum(ifNull(known_tokens, 0)) AS listed_tokens,
    count() AS shards,
    countIf(known_tokens IS NULL) AS unknown_shards,
    arraySlice(arraySort(groupArrayArray(positions)), 1, 10000) AS evidence
FROM counted
GROUP BY slice, part
ORDER BY slice, part
LIMIT 20001
