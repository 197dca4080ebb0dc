-- Which of some events an import names as its own or as known before.
-- params: import_id String, began UInt64, positions Array(UInt64), as_of Array(UInt64)
SELECT DISTINCT arrayJoin(arrayFilter(
    position -> arrayExists(one -> position BETWEEN one.first AND one.last, arrayConcat(stored, repeated)),
    {positions:Array(UInt64)}
)) AS position
FROM tributary.log_import_part
WHERE import_id = {import_id:String} AND began = {began:UInt64} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
ORDER BY position
LIMIT 1000000
