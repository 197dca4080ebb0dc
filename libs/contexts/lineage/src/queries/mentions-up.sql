-- Every mention of an edge that ends at nodes, seen from there. Those of corrected facts do not count.
-- params: nodes Array(String), kinds Array(String), as_of Array(UInt64)
SELECT
    target AS near, source AS far, source_kind AS far_kind, target,
    kind, via, facet, emission, rank, multiplicity, step, source_field, target_field, transformation, _position
FROM tributary.lineage_edge_by_target
WHERE target IN {nodes:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({kinds:Array(String)}) OR source_kind IN {kinds:Array(String)})
