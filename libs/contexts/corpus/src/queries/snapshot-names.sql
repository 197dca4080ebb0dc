-- Names and addresses of registered dataset versions, by their newest registration. One that no fact registers has no row.
-- params: snapshot_ids Array(String), as_of Array(UInt64)
SELECT
    snapshot_id,
    argMax(corpus_snapshot.name, _position) AS name,
    argMax(corpus_snapshot.uri, _position) AS uri,
    max(_position) AS evidence
FROM tributary.corpus_snapshot
WHERE snapshot_id IN {snapshot_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY snapshot_id
ORDER BY snapshot_id
LIMIT 100000
