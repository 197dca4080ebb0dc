-- What is registered of slices and of what lies inside of them, by slice and by source, licence or shard: tokens, and shards whose
-- size is not recorded. Shards that are held out or in the list of retracted ones do not count.
-- params: slices Array(String), by String, retracted Array(String), as_of Array(UInt64)
WITH newest AS
(
    SELECT
        shard_id,
        toString(slice) AS slice_name,
        toString(split) AS split_name,
        tokens,
        if(origin_package = '', '', concat(toString(origin_registry), ':', toString(origin_package))) AS source,
        if(licence IN ('', 'unknown'), '', toString(licence)) AS licence_name,
        _position
    FROM tributary.corpus_shard
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY shard_id, _position DESC
    LIMIT 1 BY shard_id
)
SELECT
    slice_name AS slice,
    multiIf({by:String} = 'shard', newest.shard_id, {by:String} = 'source', newest.source, {by:String} = 'licence', newest.licence_name, '') AS part,
    sum(ifNull(newest.tokens, 0)) AS tokens,
    sum(ifNull(newest.tokens, 0)) AS listed_tokens,
    count() AS shards,
    countIf(newest.tokens IS NULL) AS unknown_shards,
    arraySlice(arraySort(groupArray(newest._position)), 1, 10000) AS evidence
FROM newest
WHERE split_name != 'held_out'
    AND NOT has({retracted:Array(String)}, newest.shard_id)
    AND arrayExists(name -> slice_name = name OR startsWith(slice_name, concat(name, '/')), {slices:Array(String)})
GROUP BY slice, part
ORDER BY slice, part
LIMIT 20001
