-- The first edges between nodes and their neighbours downstream, in the order of their ends: of a node one more than `fan`
-- at most. Upstream with `mentions-up.sql` instead of `mentions-down.sql`.
-- params: nodes Array(String), kinds Array(String), fan UInt32, first UInt32, as_of Array(UInt64)
SELECT DISTINCT near, far, kind, via
FROM (/*mentions-down.sql*/)
ORDER BY near, far, kind, via
LIMIT {fan:UInt32} + 1 BY near
LIMIT {first:UInt32}
