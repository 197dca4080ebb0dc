-- The first and the last position in a table. The name of another table replaces training_step.
-- params: none
SELECT count() AS row_count, min(_position) AS first, max(_position) AS last
FROM tributary.training_step
