-- Files and folders directly in a folder of a run or model (empty, or with a slash at its end), by name. Clients join what is listed
-- to folders of their own, so a path that would leave them (a part that is empty, . or .., a backslash, a control
-- character), which facts of other senders may have, is not listed.
-- params: owner_kind String, owner_id String, folder String, first UInt32, skip UInt32, as_of Array(UInt64)
SELECT name, is_folder, sum(file_bytes) AS bytes
FROM (
    SELECT
        substring(path, length({folder:String}) + 1) AS rest,
        position(rest, '/') > 0 AS is_folder,
        if(is_folder, substring(rest, 1, position(rest, '/') - 1), rest) AS name,
        argMax(training_artifact.bytes, _position) AS file_bytes
    FROM tributary.training_artifact
    WHERE owner_kind = {owner_kind:String}
        AND owner_id = {owner_id:String}
        AND startsWith(path, {folder:String})
        AND NOT match(path, '(^|/)\\.{0,2}(/|$)|[\\\\\\p{Cc}]')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY path
    HAVING NOT argMax(removed, _position)
)
GROUP BY name, is_folder
ORDER BY name, is_folder
LIMIT {first:UInt32} OFFSET {skip:UInt32}
