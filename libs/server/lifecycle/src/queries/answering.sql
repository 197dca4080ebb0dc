-- A sign of life.
-- params: none
SELECT 1 AS one
LIMIT 1
