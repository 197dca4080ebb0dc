-- The runs that were started or ended last, of one project or of all; those whose times nothing says come last, with 0.
-- The status is that of the newest attempt, of those whose start is recorded where any is, in whatever order its facts were
-- recorded (a plan is attempt 0).
-- params: project_id Nullable(String), first UInt32, as_of Array(UInt64)
WITH started_attempt AS
(
    SELECT run_id, attempt
    FROM tributary.training_run
    WHERE attempt > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
),
attempt_of AS
(
    SELECT _position AS event, attempt, attempt > 0 AS is_started FROM tributary.training_run
    UNION ALL
    SELECT _position, attempt, (run_id, attempt) IN started_attempt FROM tributary.training_run_end
)
SELECT
    run_id,
    argMaxIf(change.name, _position, change.name != '') AS name,
    argMaxIf(
        change.status,
        (is_started, attempt, change.status NOT IN ('planned', 'unknown', 'running'), change.status = 'running', _position),
        change.status != ''
    ) AS status,
    toUnixTimestamp64Milli(max(changed_at)) AS changed
FROM tributary.training_run_change AS change
LEFT ANY JOIN attempt_of ON attempt_of.event = change._position
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY run_id
HAVING {project_id:Nullable(String)} IS NULL
    OR argMaxIf(change.project_id, _position, change.project_id != '')
        IN if({project_id:Nullable(String)} = '0', ['0', ''], [assumeNotNull({project_id:Nullable(String)})])
ORDER BY changed DESC, run_id
LIMIT {first:UInt32}
