-- What a run was trained with, so that the sides of a contrast can be compared in it.
ALTER TABLE tributary.training_run /*on_cluster*/
    ADD COLUMN IF NOT EXISTS architecture LowCardinality(String),
    ADD COLUMN IF NOT EXISTS hardware LowCardinality(String),
    ADD COLUMN IF NOT EXISTS code_repository LowCardinality(String),
    ADD COLUMN IF NOT EXISTS code_revision LowCardinality(String),
    ADD COLUMN IF NOT EXISTS code_digest LowCardinality(String)
