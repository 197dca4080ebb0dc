-- Buckets of 64 steps of segments whose recorded amounts have to be read. Segments are numbered from 1.
-- params: run_ids Array(String), attempts Array(UInt32), open_segments Array(UInt32), open_buckets Array(UInt64)
SELECT
    arrayElement({run_ids:Array(String)}, open.1) AS run_id,
    arrayElement({attempts:Array(UInt32)}, open.1) AS attempt,
    open.2 AS bucket
FROM (SELECT arrayJoin(arrayZip({open_segments:Array(UInt32)}, {open_buckets:Array(UInt64)})) AS open)
WHERE open.1 > 0
