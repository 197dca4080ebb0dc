-- Edges that end at nodes, by precedence, in the order of their ends.
-- The newest emission of a facet counts, and for a target within a run the best rank that a facet asserts it by.
-- `mentions` is the number of rows that were read; where it equals `first` there may be more edges.
-- params: nodes Array(String), kinds Array(String), first UInt32, as_of Array(UInt64)
WITH edge AS
(
    SELECT source, target, kind, via, facet, emission, rank, multiplicity, source_field, target_field, transformation, _position
    FROM tributary.lineage_edge_by_target
    WHERE target IN {nodes:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND (empty({kinds:Array(String)}) OR source_kind IN {kinds:Array(String)})
    ORDER BY target, source, kind, via
    LIMIT {first:UInt32}
),
assertion AS
(
    SELECT via, facet, emission, target, rank
    FROM tributary.lineage_claim
    WHERE via IN (SELECT via FROM edge WHERE via != '') AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
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
    edge.source AS source,
    edge.target AS target,
    edge.kind AS kind,
    edge.via AS via,
    min(edge.rank) AS edge_rank,
    max(edge.multiplicity) AS times,
    arraySort(groupUniqArrayIf(1000)(
        (edge.source_field, edge.target_field, edge.transformation),
        edge.source_field != '' OR edge.target_field != '')) AS fields,
    groupUniqArray(100)(edge._position) AS evidence,
    uniqExact(edge._position) AS evidence_total,
    (SELECT count() FROM edge) AS mentions
FROM edge
LEFT JOIN newest ON newest.via = edge.via AND newest.facet = edge.facet
LEFT JOIN best ON best.via = edge.via AND best.target = edge.target
WHERE (edge.facet = '' OR edge.emission = newest.emission) AND (best.rank = 0 OR edge.rank <= best.rank)
GROUP BY source, target, kind, via
ORDER BY target, source, kind, via
LIMIT {first:UInt32}
