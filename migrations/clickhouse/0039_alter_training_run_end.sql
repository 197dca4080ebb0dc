-- A run may end without anybody knowing its last step.
ALTER TABLE tributary.training_run_end /*on_cluster*/
    MODIFY COLUMN last_step Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS tokens Nullable(UInt64)
