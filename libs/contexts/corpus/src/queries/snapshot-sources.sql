-- Sources of a snapshot by its newest registration.
-- params: snapshot_id String, as_of Array(UInt64)
SELECT kind, ref, name, multiplicity, reason, _position AS evidence
FROM tributary.corpus_snapshot_source
WHERE snapshot_id = {snapshot_id:String}
    AND _position =
    (
        SELECT max(_position)
        FROM tributary.corpus_snapshot
        WHERE snapshot_id = {snapshot_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
ORDER BY place
