-- Columns of a table, and their places in its key; 0 where a column is no part of it.
-- params: table String
SELECT
    name,
    type,
    indexOf(
        (
            SELECT splitByString(', ', any(sorting_key))
            FROM system.tables
            WHERE database = 'tributary' AND name = {table:String}
        ),
        name
    ) AS key_place
FROM system.columns
WHERE database = 'tributary' AND table = {table:String}
ORDER BY position
LIMIT 1000
