-- Nodes, stubs, edges and the widest fan-out of the graph, or of the part of it that kinds of nodes span.
-- params: kinds Array(String), as_of UInt64
WITH node AS
(
    SELECT node, max(registered) AS is_registered
    FROM tributary.lineage_node
    WHERE _position <= {as_of:UInt64} AND (empty({kinds:Array(String)}) OR kind IN {kinds:Array(String)})
    GROUP BY node
),
newest AS
(
    SELECT via, facet, max(emission) AS emission
    FROM tributary.lineage_claim
    WHERE _position <= {as_of:UInt64}
    GROUP BY via, facet
),
best AS
(
    SELECT via, target, min(rank) AS rank
    FROM tributary.lineage_claim AS claim
    INNER JOIN newest ON newest.via = claim.via AND newest.facet = claim.facet AND newest.emission = claim.emission
    WHERE target != '' AND claim._position <= {as_of:UInt64}
    GROUP BY via, target
),
edge AS
(
    SELECT DISTINCT edge.source AS source, edge.target AS target, edge.kind AS kind, edge.via AS via
    FROM tributary.lineage_edge_by_source AS edge
    LEFT JOIN newest ON newest.via = edge.via AND newest.facet = edge.facet
    LEFT JOIN best ON best.via = edge.via AND best.target = edge.target
    WHERE edge._position <= {as_of:UInt64}
        AND (empty({kinds:Array(String)})
            OR (source_kind IN {kinds:Array(String)} AND target_kind IN {kinds:Array(String)}))
        AND (edge.facet = '' OR edge.emission = newest.emission)
        AND (best.rank = 0 OR edge.rank <= best.rank)
)
SELECT
    (SELECT count() FROM node) AS nodes,
    (SELECT countIf(is_registered = 0) FROM node) AS stubs,
    (SELECT count() FROM edge) AS edges,
    (SELECT max(fan_out) FROM (SELECT uniqExact(target) AS fan_out FROM edge GROUP BY source)) AS max_fan_out
