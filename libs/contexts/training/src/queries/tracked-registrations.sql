-- Names in the registry of models (version 0) with their versions, retired ones too; an empty list means all.
-- params: names Array(String), as_of Array(UInt64)
SELECT
    name,
    version,
    argMaxIf(training_registration_change.source, _position, training_registration_change.source != '') AS source,
    argMaxIf(training_registration_change.run_id, _position, training_registration_change.run_id != '') AS run_id,
    argMaxIf(training_registration_change.run_link, _position, training_registration_change.run_link != '') AS run_link,
    argMaxIf(training_registration_change.model_id, _position, training_registration_change.model_id != '') AS model_id,
    ifNull(argMaxIf(training_registration_change.description, _position, training_registration_change.description IS NOT NULL), '') AS description,
    ifNull(argMaxIf(training_registration_change.retired, _position, training_registration_change.retired IS NOT NULL), false) AS retired,
    toUnixTimestamp64Milli(if(
        countIf(training_registration_change.retired = false) > 0,
        maxIf(recorded_at, training_registration_change.retired = false),
        min(recorded_at)
    )) AS created,
    toUnixTimestamp64Milli(max(recorded_at)) AS changed
FROM tributary.training_registration_change
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({names:Array(String)}) OR name IN {names:Array(String)})
GROUP BY name, version
ORDER BY name, version
LIMIT 1000000
