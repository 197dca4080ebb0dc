-- The rest of what two scores must share to compare, and where they come from. A score without a step has 0 and has_step 0.
ALTER TABLE tributary.evaluation_score /*on_cluster*/
    ADD COLUMN IF NOT EXISTS has_step UInt8 DEFAULT 1,
    ADD COLUMN IF NOT EXISTS tokens Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS filter LowCardinality(String),
    ADD COLUMN IF NOT EXISTS task_version LowCardinality(String),
    ADD COLUMN IF NOT EXISTS task_hash LowCardinality(String),
    ADD COLUMN IF NOT EXISTS item_limit Nullable(Float64),
    ADD COLUMN IF NOT EXISTS precision LowCardinality(String),
    ADD COLUMN IF NOT EXISTS model_ref String,
    ADD COLUMN IF NOT EXISTS evaluated_at String
