-- Columns of a table, and their indices in its key; 0 for a column outside the key.
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
    ) AS key_index
FROM system.columns
WHERE database = 'tributary' AND table = {table:String}
ORDER BY position
LIMIT 1000
