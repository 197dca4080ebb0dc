-- Names of nodes, and whether they are registered.
-- params: nodes Array(String), as_of Array(UInt64)
SELECT
    node,
    any(kind) AS node_kind,
    argMax(name, (registered, _position)) AS label,
    max(registered) AS is_registered,
    argMax(reason, _position) AS last_reason,
    groupUniqArray(100)(_position) AS evidence,
    uniqExact(_position) AS evidence_total
FROM tributary.lineage_node
WHERE node IN {nodes:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY node
ORDER BY node
LIMIT 10000
