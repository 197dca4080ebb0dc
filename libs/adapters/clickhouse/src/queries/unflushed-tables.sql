-- Tables with rows of their own whose inserts or merges are confirmed before they are on disk.
-- params: none
SELECT name
FROM system.tables
WHERE database = 'tributary'
    AND endsWith(engine, 'MergeTree')
    AND NOT (
        engine_full LIKE '%fsync_after_insert = 1%'
        AND engine_full LIKE '%fsync_part_directory = 1%'
        AND engine_full LIKE '%min_rows_to_fsync_after_merge = 1%'
    )
ORDER BY name
LIMIT 10000
