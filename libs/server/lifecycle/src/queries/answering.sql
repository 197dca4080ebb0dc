-- Succeeds where the engine answers.
-- params: none
SELECT 1 AS one
LIMIT 1
