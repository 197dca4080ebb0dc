-- Reads every byte of the parts of a table and compares it with the checksums that were stored beside it.
-- The name of another table replaces training_step.
-- params: none
CHECK TABLE tributary.training_step
