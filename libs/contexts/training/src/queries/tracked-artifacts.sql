-- Files of a run or model, by path or below a folder (empty, or with a slash at its end), after a path; an empty list means all.
-- params: owner_kind String, owner_id String, paths Array(String), folder String, after String, first UInt32, as_of Array(UInt64)
SELECT
    path,
    argMax(training_artifact.digest, _position) AS digest,
    argMax(training_artifact.bytes, _position) AS bytes,
    max(_position) AS position
FROM tributary.training_artifact
WHERE owner_kind = {owner_kind:String}
    AND owner_id = {owner_id:String}
    AND startsWith(path, {folder:String})
    AND path > {after:String}
    AND (empty({paths:Array(String)}) OR path IN {paths:Array(String)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY path
HAVING NOT argMax(removed, _position)
ORDER BY path
LIMIT {first:UInt32}
