-- Names of nodes, and whether they are registered. Corrected facts do not count; evidence is the first 100 positions.
-- params: nodes Array(String), as_of Array(UInt64)
SELECT
    node,
    any(kind) AS node_kind,
    argMax(name, (registered, _position, name)) AS label,
    max(registered) AS is_registered,
    argMax(reason, (_position, reason)) AS last_reason,
    arraySlice(arraySort(groupUniqArray(_position)), 1, 100) AS evidence,
    uniqExact(_position) AS evidence_total
FROM tributary.lineage_node
WHERE node IN {nodes:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY node
ORDER BY node
LIMIT 10000
