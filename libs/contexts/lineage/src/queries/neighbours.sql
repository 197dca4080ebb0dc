-- Edges between nodes and their neighbours downstream; upstream with `mentions-up.sql` instead of `mentions-down.sql`.
-- The first edges in the order of their ends: of a node one more than `fan` at most. Which those are is found first, so
-- that a node with very many edges needs memory for what is returned only.
-- An edge is listed once for each emission and rank that asserts it: precedence is not applied.
-- params: nodes Array(String), kinds Array(String), fan UInt32, first UInt32, as_of Array(UInt64)
SELECT
    near, far, kind, via, facet, emission, rank,
    max(multiplicity) AS times,
    if(count() > count(step), NULL, max(step)) AS last_step,
    groupUniqArrayIf((source_field, target_field, transformation), source_field != '' OR target_field != '') AS mapped,
    groupUniqArray(_position) AS positions,
    arraySlice(arraySort(mapped), 1, 1000) AS fields,
    arraySlice(arraySort(positions), 1, 100) AS evidence,
    length(positions) AS evidence_total
FROM (/*mentions-down.sql*/)
WHERE (near, far, kind, via) IN
    (
        SELECT DISTINCT near, far, kind, via
        FROM (/*mentions-down.sql*/)
        ORDER BY near, far, kind, via
        LIMIT {fan:UInt32} + 1 BY near
        LIMIT {first:UInt32}
    )
GROUP BY near, far, kind, via, facet, emission, rank
ORDER BY near, far, kind, via, facet, emission, rank
LIMIT 100000
