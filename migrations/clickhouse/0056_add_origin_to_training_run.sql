ALTER TABLE tributary.training_run /*on_cluster*/
    ADD COLUMN IF NOT EXISTS resumed_attempt Nullable(UInt32),
    ADD COLUMN IF NOT EXISTS resumed_step Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS forked_run_id String,
    ADD COLUMN IF NOT EXISTS forked_step Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS name String,
    ADD COLUMN IF NOT EXISTS project_id String,
    ADD COLUMN IF NOT EXISTS snapshot_id String,
    ADD COLUMN IF NOT EXISTS uri String,
    ADD COLUMN IF NOT EXISTS redacted UInt8
