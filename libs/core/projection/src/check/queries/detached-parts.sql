-- Tables with parts that the engine has set aside, because they are broken or because somebody detached them.
-- params: none
SELECT table AS table_name, count() AS parts, arrayStringConcat(groupUniqArray(ifNull(reason, '')), ', ') AS reasons
FROM system.detached_parts
WHERE database = 'tributary'
GROUP BY table
ORDER BY table
LIMIT 1000
