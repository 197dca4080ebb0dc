-- A count that nobody stated is NULL. A checkpoint names its stage and the checkpoints it was merged from.
ALTER TABLE tributary.training_checkpoint /*on_cluster*/
    MODIFY COLUMN tokens Nullable(UInt64),
    MODIFY COLUMN bytes Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS tokens_method LowCardinality(String),
    ADD COLUMN IF NOT EXISTS stage LowCardinality(String),
    ADD COLUMN IF NOT EXISTS parents Array(String)
