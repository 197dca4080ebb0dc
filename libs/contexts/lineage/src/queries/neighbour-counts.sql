-- How many neighbours nodes have downstream, by kind of edge and of neighbour; upstream with `mentions-up.sql` instead of
-- `mentions-down.sql`. All of them count, by precedence: of a facet its newest emission, and for a target within a run the
-- best rank that a facet asserts: an assertion takes the edges of all later ranks, of which 3 is the last.
-- params: nodes Array(String), kinds Array(String), as_of Array(UInt64)
WITH assertion AS
(
    SELECT via, facet, emission, target, rank
    FROM tributary.lineage_claim
    WHERE via IN (SELECT DISTINCT via FROM (/*mentions-down.sql*/) WHERE via != '')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
newest AS
(
    SELECT via, facet, max(emission) AS emission
    FROM assertion
    GROUP BY via, facet
),
taken AS
(
    SELECT via, target, arrayJoin(range(rank + 1, 4)) AS rank
    FROM assertion
    WHERE target != '' AND (via, facet, emission) IN (SELECT via, facet, emission FROM newest)
)
SELECT
    near AS node,
    kind,
    far_kind AS neighbour_kind,
    uniqExact(far) AS neighbours
FROM (/*mentions-down.sql*/)
WHERE (facet = '' OR (via, facet, emission) IN (SELECT via, facet, emission FROM newest))
    AND (via = '' OR (via, target, rank) NOT IN (SELECT via, target, rank FROM taken))
GROUP BY node, kind, neighbour_kind
ORDER BY node, kind, neighbour_kind
LIMIT 10000
