-- The runs that were started or ended last, of one project or of all; those whose times nothing says come last, with 0.
-- params: project_id Nullable(String), first UInt32, as_of Array(UInt64)
SELECT
    run_id,
    argMaxIf(training_run_change.name, _position, training_run_change.name != '') AS name,
    argMaxIf(
        training_run_change.status, (training_run_change.status != 'planned', _position), training_run_change.status != ''
    ) AS status,
    toUnixTimestamp64Milli(max(changed_at)) AS changed
FROM tributary.training_run_change
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY run_id
HAVING {project_id:Nullable(String)} IS NULL
    OR argMaxIf(training_run_change.project_id, _position, training_run_change.project_id != '')
        IN if({project_id:Nullable(String)} = '0', ['0', ''], [assumeNotNull({project_id:Nullable(String)})])
ORDER BY changed DESC, run_id
LIMIT {first:UInt32}
