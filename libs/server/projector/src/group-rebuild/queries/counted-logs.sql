-- The logs that the tables were filled from: names of topics.
SELECT DISTINCT log_id
FROM tributary.log_range
WHERE table_name = ''
ORDER BY log_id
LIMIT 1000
