-- The same edges in the order of their targets: encoded once, sorted twice.
CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.lineage_edge_by_target_mv /*on_cluster*/
TO tributary.lineage_edge_by_target
AS
SELECT *
FROM tributary.lineage_edge_by_source
