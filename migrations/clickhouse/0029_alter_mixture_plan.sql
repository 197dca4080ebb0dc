-- What else a decision says: its name, its source, what it could not name, and what was weighed against it.
ALTER TABLE tributary.mixture_plan /*on_cluster*/
    ADD COLUMN IF NOT EXISTS name String,
    ADD COLUMN IF NOT EXISTS snapshot_id String,
    ADD COLUMN IF NOT EXISTS citation String,
    ADD COLUMN IF NOT EXISTS taxonomy_version LowCardinality(String),
    ADD COLUMN IF NOT EXISTS missing Array(Tuple(description String, weight Float64)),
    ADD COLUMN IF NOT EXISTS alternatives Array(Tuple(description String, mixture_id String)),
    ADD COLUMN IF NOT EXISTS predicted_effects Array(Tuple(capability String, effect Float64, unit String))
