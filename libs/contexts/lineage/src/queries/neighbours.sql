-- Edges between nodes and their neighbours downstream; upstream with `mentions-up.sql` instead of `mentions-down.sql`.
-- An edge is listed once for each emission and rank that asserts it: precedence is not applied. At most `most` mentions
-- are read; where the rows add up to as many, edges and mentions are missing.
-- params: nodes Array(String), ends Array(String), kinds Array(String), most UInt32, as_of Array(UInt64)
SELECT
    near, far, kind, via, facet, emission, rank,
    count() AS mentions,
    max(multiplicity) AS times,
    if(count() > count(step), NULL, max(step)) AS last_step,
    arraySlice(arraySort(groupUniqArrayIf((source_field, target_field, transformation), source_field != '' OR target_field != '')), 1, 1000) AS fields,
    groupUniqArray(_position) AS positions,
    arraySlice(arraySort(positions), 1, 100) AS evidence,
    length(positions) AS evidence_total
FROM
(
    SELECT *
    FROM (/*mentions-down.sql*/)
    WHERE empty({ends:Array(String)}) OR far IN {ends:Array(String)}
    LIMIT {most:UInt32}
)
GROUP BY near, far, kind, via, facet, emission, rank
ORDER BY near, far, kind, via, facet, emission, rank
LIMIT 100001
