-- Buckets of segments of which everything counts: their sums are used. Segments are numbered from 1.
-- params: run_ids Array(String), attempts Array(UInt32), summed_segments Array(UInt32), summed_steps Array(UInt32), summed_buckets Array(UInt64)
SELECT
    arrayElement({run_ids:Array(String)}, summed.1) AS run_id,
    arrayElement({attempts:Array(UInt32)}, summed.1) AS attempt,
    summed.2 AS bucket_steps,
    summed.3 AS bucket
FROM
(
    SELECT arrayJoin(arrayZip(
        {summed_segments:Array(UInt32)}, {summed_steps:Array(UInt32)}, {summed_buckets:Array(UInt64)}
    )) AS summed
)
