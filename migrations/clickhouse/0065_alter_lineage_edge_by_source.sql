-- Step of the run at the source's end of an edge: what the run did later cannot be in the target. NULL: every step.
ALTER TABLE tributary.lineage_edge_by_source /*on_cluster*/
    ADD COLUMN IF NOT EXISTS step Nullable(UInt64) AFTER transformation
