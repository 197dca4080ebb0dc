-- Shards that a snapshot lists or names as a source.
-- params: snapshot_id String, as_of Array(UInt64)
SELECT toString(shard_id) AS planned_shard
FROM tributary.corpus_member
WHERE snapshot_id = {snapshot_id:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)

UNION DISTINCT

SELECT toString(ref) AS planned_shard
FROM tributary.corpus_snapshot_source
WHERE snapshot_id = {snapshot_id:String}
    AND kind = 'shard'
    AND (snapshot_id, _position) IN (/*newest-snapshots.sql*/)
