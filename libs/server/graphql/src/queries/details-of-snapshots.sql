-- What dataset versions are, as last registered.
-- params: ids Array(String), as_of Array(UInt64)
SELECT
    snapshot_id AS id,
    argMax([('version', version), ('tokens', ifNull(toString(tokens), '')), ('licence', toString(licence)), ('address', uri)], _position) AS details
FROM tributary.corpus_snapshot
WHERE snapshot_id IN {ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY id
ORDER BY id
LIMIT 10000
