-- Number of nodes, stubs and edges and the largest fan-out of the graph, or of its subgraph of some kinds of nodes.
-- Corrected facts do not count.
-- params: kinds Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
node AS
(
    SELECT node, max(registered) AS is_registered
    FROM tributary.lineage_node
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected AND (empty({kinds:Array(String)}) OR kind IN {kinds:Array(String)})
    GROUP BY node
),
newest AS
(
    SELECT via, facet, max(emission) AS emission
    FROM tributary.lineage_claim
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    GROUP BY via, facet
),
best AS
(
    SELECT via, target, min(rank) AS rank
    FROM tributary.lineage_claim AS assertion
    INNER JOIN newest ON newest.via = assertion.via AND newest.facet = assertion.facet AND newest.emission = assertion.emission
    WHERE target != '' AND tributaryIsAtOrBefore(assertion._position, {as_of:Array(UInt64)})
        AND assertion._position NOT IN corrected
    GROUP BY via, target
),
fan AS
(
    SELECT
        source,
        uniqExact(edge.target) AS targets,
        uniqExact(edge.target, edge.kind, edge.via) AS edges
    FROM tributary.lineage_edge_by_source AS edge
    LEFT JOIN newest ON newest.via = edge.via AND newest.facet = edge.facet
    LEFT JOIN best ON best.via = edge.via AND best.target = edge.target
    WHERE tributaryIsAtOrBefore(edge._position, {as_of:Array(UInt64)})
        AND edge._position NOT IN corrected
        AND (empty({kinds:Array(String)})
            OR (source_kind IN {kinds:Array(String)} AND target_kind IN {kinds:Array(String)}))
        AND (edge.facet = '' OR edge.emission = newest.emission)
        AND (best.rank = 0 OR edge.rank <= best.rank)
    GROUP BY edge.source AS source
),
counted AS
(
    SELECT count() AS nodes, countIf(is_registered = 0) AS stubs
    FROM node
),
spread AS
(
    SELECT sum(edges) AS edges, max(targets) AS max_fan_out
    FROM fan
)
SELECT
    nodes,
    stubs,
    edges,
    max_fan_out,
    (
        SELECT uniqExact(_position)
        FROM tributary.lineage_node
        WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected AND (empty({kinds:Array(String)}) OR kind IN {kinds:Array(String)})
    ) AS evidence_total
FROM counted
CROSS JOIN spread
