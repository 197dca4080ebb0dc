-- What the row says of the status of its attempt until its end is recorded: running, where a client reported the start;
-- unknown, where it was read from a file, which does not say that the attempt goes on; planned (attempt 0), where it is a
-- plan and no start. started_at is 1970 where nothing says when it started.
ALTER TABLE tributary.training_run /*on_cluster*/
    ADD COLUMN IF NOT EXISTS begun LowCardinality(String)
