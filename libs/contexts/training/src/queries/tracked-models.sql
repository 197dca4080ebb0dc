-- Models of projects, or by id; an empty list means all. Newest first.
-- params: project_ids Array(String), model_ids Array(String), as_of Array(UInt64)
SELECT
    model_id,
    argMaxIf(training_model_change.project_id, _position, training_model_change.project_id != '') AS project_id,
    argMaxIf(training_model_change.run_id, _position, training_model_change.run_id != '') AS run_id,
    argMaxIf(training_model_change.name, _position, training_model_change.name != '') AS name,
    argMaxIf(training_model_change.model_type, _position, training_model_change.model_type != '') AS model_type,
    argMaxIf(training_model_change.status, _position, training_model_change.status != '') AS status,
    ifNull(argMaxIf(training_model_change.retired, _position, training_model_change.retired IS NOT NULL), false) AS retired,
    toUnixTimestamp64Milli(min(recorded_at)) AS created,
    toUnixTimestamp64Milli(max(recorded_at)) AS changed
FROM tributary.training_model_change
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({model_ids:Array(String)}) OR model_id IN {model_ids:Array(String)})
GROUP BY model_id
HAVING empty({project_ids:Array(String)}) OR project_id IN {project_ids:Array(String)}
ORDER BY created DESC, model_id
LIMIT 100000
