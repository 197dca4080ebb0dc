-- Rows that a table has. The engine answers without reading them. The name of another table replaces training_step.
-- params: none
SELECT count() AS row_total
FROM tributary.training_step
LIMIT 1
