-- The view has the columns of the day when it was created: it is created again with the new one.
DROP VIEW IF EXISTS tributary.lineage_edge_by_target_mv /*on_cluster*/
