-- Edges that end at nodes, by precedence, in the order of their ends. Edges of corrected facts do not count.
-- The newest emission of a facet counts, and for a target within a run the best rank that a facet asserts it by.
-- Of a node with more edges than `fan`, one more than so many are read. `extent` has the number of edges that were read
-- (where it equals `first` there may be more) and the nodes with more edges than `fan`.
-- params: nodes Array(String), kinds Array(String), fan UInt32, first UInt32, as_of Array(UInt64)
WITH edge AS
(
    SELECT
        source, target, kind, via, facet, emission, rank,
        max(multiplicity) AS times,
        if(count() > count(step), NULL, max(step)) AS step,
        groupUniqArrayIf((source_field, target_field, transformation), source_field != '' OR target_field != '') AS fields,
        groupUniqArray(_position) AS positions
    FROM tributary.lineage_edge_by_target
    WHERE target IN {nodes:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND (empty({kinds:Array(String)}) OR source_kind IN {kinds:Array(String)})
    GROUP BY target, source, kind, via, facet, emission, rank
    ORDER BY target, source, kind, via, facet, emission, rank
    LIMIT {fan:UInt32} + 1 BY target
    LIMIT {first:UInt32}
    SETTINGS optimize_aggregation_in_order = 1
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
    edge.source AS source,
    edge.target AS target,
    edge.kind AS kind,
    edge.via AS via,
    min(edge.rank) AS edge_rank,
    max(edge.times) AS times,
    if(count() > count(edge.step), NULL, max(edge.step)) AS step,
    arraySlice(arraySort(groupUniqArrayArray(edge.fields)), 1, 1000) AS fields,
    arraySlice(arraySort(groupUniqArrayArray(edge.positions)), 1, 100) AS evidence,
    length(groupUniqArrayArray(edge.positions)) AS evidence_total,
    (
        SELECT (sum(edges), groupArrayIf(near, edges > {fan:UInt32}))
        FROM (SELECT target AS near, count() AS edges FROM edge GROUP BY near)
    ) AS extent
FROM edge
LEFT JOIN newest ON newest.via = edge.via AND newest.facet = edge.facet
LEFT JOIN best ON best.via = edge.via AND best.target = edge.target
WHERE (edge.facet = '' OR edge.emission = newest.emission) AND (best.rank = 0 OR edge.rank <= best.rank)
GROUP BY source, target, kind, via
ORDER BY target, source, kind, via
LIMIT {first:UInt32}
