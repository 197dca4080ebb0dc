-- Where a phase ends, and how the source names and finds what is weighted.
ALTER TABLE tributary.mixture_weight /*on_cluster*/
    ADD COLUMN IF NOT EXISTS ends_at Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS label String,
    ADD COLUMN IF NOT EXISTS source String
