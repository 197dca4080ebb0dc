-- The newest registration of each snapshot.
-- params: as_of Array(UInt64)
SELECT snapshot_id, max(_position)
FROM tributary.corpus_snapshot
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY snapshot_id
