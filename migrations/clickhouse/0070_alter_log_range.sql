-- Which events the rows were made of: the sum of the digests of the events at the counted positions, modulo 2^64, and how
-- many positions are in it. Only rows with an empty table_name have them. An earlier version counted without digests.
ALTER TABLE tributary.log_range /*on_cluster*/
    ADD COLUMN IF NOT EXISTS digested_positions SimpleAggregateFunction(sum, UInt64),
    ADD COLUMN IF NOT EXISTS digest_sum SimpleAggregateFunction(sum, UInt64)
