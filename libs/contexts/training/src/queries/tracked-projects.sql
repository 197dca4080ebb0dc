-- Projects with their newest values, newest first.
-- params: project_id Nullable(String), name Nullable(String), as_of Array(UInt64)
SELECT
    project_id,
    argMaxIf(training_project.name, _position, training_project.name != '') AS name,
    max(training_project.artifacts) AS artifacts,
    ifNull(argMaxIf(training_project.retired, _position, training_project.retired IS NOT NULL), false) AS retired,
    toUnixTimestamp64Milli(min(recorded_at)) AS created,
    toUnixTimestamp64Milli(max(recorded_at)) AS changed,
    arraySort(groupArray(_position)) AS evidence
FROM tributary.training_project
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND ({project_id:Nullable(String)} IS NULL OR project_id = {project_id:Nullable(String)})
GROUP BY project_id
HAVING {name:Nullable(String)} IS NULL OR name = {name:Nullable(String)}
ORDER BY created DESC, project_id
LIMIT 100000
