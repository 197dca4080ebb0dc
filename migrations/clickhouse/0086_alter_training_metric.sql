-- Which start of the run the fact names, 0 where it names none, and how its values were counted, empty where it does not say.
ALTER TABLE tributary.training_metric /*on_cluster*/
    ADD COLUMN IF NOT EXISTS attempt UInt32,
    ADD COLUMN IF NOT EXISTS method LowCardinality(String)
