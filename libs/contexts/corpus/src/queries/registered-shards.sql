-- Shards that were registered in slices, or inside of them.
-- params: slices Array(String), as_of Array(UInt64)
SELECT DISTINCT shard_id AS planned_shard
FROM tributary.corpus_shard
WHERE arrayExists(name -> slice = name OR startsWith(slice, concat(name, '/')), {slices:Array(String)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
