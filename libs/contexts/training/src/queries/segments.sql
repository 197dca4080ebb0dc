-- The steps of attempts that count: of each attempt those before `end_step`, where a later attempt takes over.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64)
SELECT segment.1 AS run_id, segment.2 AS attempt, segment.3 AS end_step
FROM (SELECT arrayJoin(arrayZip({run_ids:Array(String)}, {attempts:Array(UInt32)}, {ends:Array(UInt64)})) AS segment)
