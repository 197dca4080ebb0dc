-- How many neighbours nodes have downstream, by kind of edge and of neighbour; as `neighbours-down.sql` counts edges, but
-- all of them.
-- params: nodes Array(String), kinds Array(String), as_of Array(UInt64)
WITH edge AS
(
    SELECT DISTINCT source, target, target_kind AS neighbour_kind, kind, via, facet, emission, rank
    FROM tributary.lineage_edge_by_source
    WHERE source IN {nodes:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND (empty({kinds:Array(String)}) OR target_kind IN {kinds:Array(String)})
),
assertion AS
(
    SELECT via, facet, emission, target, rank
    FROM tributary.lineage_claim
    WHERE via IN (SELECT via FROM edge WHERE via != '')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
newest AS
(
    SELECT via, facet, max(emission) AS emission
    FROM assertion
    GROUP BY via, facet
),
best AS
(
    SELECT via, target, min(rank) AS rank
    FROM assertion
    INNER JOIN newest ON newest.via = assertion.via AND newest.facet = assertion.facet AND newest.emission = assertion.emission
    WHERE target != ''
    GROUP BY via, target
)
SELECT
    edge.source AS node,
    edge.kind AS kind,
    edge.neighbour_kind AS neighbour_kind,
    uniqExact(edge.target) AS neighbours
FROM edge
LEFT JOIN newest ON newest.via = edge.via AND newest.facet = edge.facet
LEFT JOIN best ON best.via = edge.via AND best.target = edge.target
WHERE (edge.facet = '' OR edge.emission = newest.emission) AND (best.rank = 0 OR edge.rank <= best.rank)
GROUP BY node, kind, neighbour_kind
ORDER BY node, kind, neighbour_kind
LIMIT 10000
