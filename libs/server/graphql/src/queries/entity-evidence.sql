-- Positions of the facts that name entities of one kind: the first 100, and how many there are.
-- params: kinds Array(String), ids Array(String), as_of Array(UInt64)
SELECT
    id,
    groupArraySorted(100)(DISTINCT _position) AS evidence,
    uniqExact(_position) AS evidence_total
FROM (/*entity-mentions.sql*/)
WHERE id IN {ids:Array(String)}
GROUP BY id
ORDER BY id
LIMIT 10000
