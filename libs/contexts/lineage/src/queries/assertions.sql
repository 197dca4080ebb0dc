-- The newest emission of each facet that has asserted one of some targets of runs, jobs or datasets (`vias[i]` with
-- `targets[i]`), and what it asserts about them: nothing where `asserted` is empty.
-- params: vias Array(String), targets Array(String), as_of Array(UInt64)
SELECT
    via,
    facet,
    max(emission) AS newest,
    groupUniqArrayIf((emission, target, rank), (via, target) IN arrayZip({vias:Array(String)}, {targets:Array(String)})) AS ever,
    arrayMap(one -> (one.2, one.3), arrayFilter(one -> one.1 = newest, ever)) AS asserted
FROM tributary.lineage_claim
WHERE via IN {vias:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY via, facet
HAVING notEmpty(ever)
ORDER BY via, facet
LIMIT 100000
