-- Rows of each table that was not filled by a view: those that were counted with the batches, and those in its parts.
-- params: none
SELECT table_name, sum(counted) AS counted_rows, sum(stored) AS stored_rows
FROM
(
    SELECT toString(table_name) AS table_name, sum(row_count) AS counted, toUInt64(0) AS stored
    FROM tributary.log_range
    WHERE table_name != ''
    GROUP BY table_name
    UNION ALL
    SELECT table AS table_name, toUInt64(0) AS counted, sum(rows) AS stored
    FROM system.parts
    WHERE database = 'tributary' AND active
    GROUP BY table
)
WHERE table_name NOT IN
(
    SELECT replaceRegexpOne(name, '_mv$', '')
    FROM system.tables
    WHERE database = 'tributary' AND engine = 'MaterializedView'
)
GROUP BY table_name
ORDER BY table_name
LIMIT 10000
