-- Shards of a snapshot by their index in its list, as last listed, from index `after` on.
-- params: snapshot_id String, after UInt64, first UInt32, as_of Array(UInt64)
SELECT place AS list_index, shard_id, slice, repeats, label, _position AS evidence
FROM tributary.corpus_member
WHERE snapshot_id = {snapshot_id:String}
    AND place >= {after:UInt64}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY place, _position DESC
LIMIT 1 BY place
LIMIT {first:UInt32}
