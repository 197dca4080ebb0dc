-- Every count has its own method; what nobody counted is NULL. The digest names its algorithm.
ALTER TABLE tributary.corpus_shard /*on_cluster*/
    MODIFY COLUMN bytes Nullable(UInt64),
    MODIFY COLUMN documents Nullable(UInt64),
    MODIFY COLUMN tokens Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS bytes_method LowCardinality(String),
    ADD COLUMN IF NOT EXISTS documents_method LowCardinality(String),
    ADD COLUMN IF NOT EXISTS tokens_method LowCardinality(String),
    ADD COLUMN IF NOT EXISTS digest_algorithm LowCardinality(String),
    ADD COLUMN IF NOT EXISTS digest String,
    ADD COLUMN IF NOT EXISTS taxonomy_version LowCardinality(String),
    ADD COLUMN IF NOT EXISTS origin_path String,
    DROP COLUMN IF EXISTS sha256,
    DROP COLUMN IF EXISTS method
