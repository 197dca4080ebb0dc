-- Runs of projects, or by id; an empty list means all. Latest start first; times are 0 where nothing says them. A plan says
-- the status only while nothing else does.
-- params: project_ids Array(String), run_ids Array(String), as_of Array(UInt64)
SELECT
    run_id,
    argMaxIf(training_run_change.project_id, _position, training_run_change.project_id != '') AS project_id,
    argMaxIf(training_run_change.name, _position, training_run_change.name != '') AS name,
    argMaxIf(
        training_run_change.status, (training_run_change.status != 'planned', _position), training_run_change.status != ''
    ) AS status,
    toUnixTimestamp64Milli(
        minIf(changed_at, training_run_change.status IN ('running', 'unknown') AND changed_at > toDateTime64(0, 6))
    ) AS started,
    toUnixTimestamp64Milli(
        argMaxIf(changed_at, (training_run_change.status != 'planned', _position), training_run_change.status != '')
    ) AS status_changed,
    ifNull(argMaxIf(training_run_change.retired, _position, training_run_change.retired IS NOT NULL), false) AS retired,
    arraySort(groupArray(_position)) AS evidence
FROM tributary.training_run_change
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
GROUP BY run_id
HAVING empty({project_ids:Array(String)}) OR project_id IN {project_ids:Array(String)}
ORDER BY started DESC, run_id
LIMIT 1000000
