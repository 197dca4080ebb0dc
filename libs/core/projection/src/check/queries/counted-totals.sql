-- Rows of each table that were counted with the batches.
-- params: none
SELECT toString(table_name) AS name, sum(row_count) AS row_total
FROM tributary.log_range
WHERE table_name != ''
GROUP BY name
ORDER BY name
LIMIT 10000
