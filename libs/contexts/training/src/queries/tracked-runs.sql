-- Runs of projects, or by id; an empty list means all. Latest start first; times are 0 where nothing says them. The status is
-- that of the newest attempt, of those whose start is recorded where any is, in whatever order its facts were recorded: its
-- end, otherwise its start, where what a client reported comes before what was read from a file. A plan is attempt 0.
-- params: project_ids Array(String), run_ids Array(String), as_of Array(UInt64)
WITH started_attempt AS
(
    SELECT run_id, attempt
    FROM tributary.training_run
    WHERE attempt > 0
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
),
attempt_of AS
(
    SELECT _position AS event, attempt, attempt > 0 AS is_started
    FROM tributary.training_run
    WHERE (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
    UNION ALL
    SELECT _position, attempt, (run_id, attempt) IN started_attempt
    FROM tributary.training_run_end
    WHERE (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
)
SELECT
    run_id,
    argMaxIf(change.project_id, _position, change.project_id != '') AS project_id,
    argMaxIf(change.name, _position, change.name != '') AS name,
    argMaxIf(
        change.status,
        (is_started, attempt, change.status NOT IN ('planned', 'unknown', 'running'), change.status = 'running', _position) AS place,
        change.status != ''
    ) AS status,
    toUnixTimestamp64Milli(
        minIf(changed_at, change.status IN ('running', 'unknown') AND changed_at > toDateTime64(0, 6))
    ) AS started,
    toUnixTimestamp64Milli(argMaxIf(changed_at, place, change.status != '')) AS status_changed,
    ifNull(argMaxIf(change.retired, _position, change.retired IS NOT NULL), false) AS retired,
    arraySort(groupArray(_position)) AS evidence
FROM tributary.training_run_change AS change
LEFT ANY JOIN attempt_of ON attempt_of.event = change._position
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
GROUP BY run_id
HAVING empty({project_ids:Array(String)}) OR project_id IN {project_ids:Array(String)}
ORDER BY started DESC, run_id
LIMIT 1000000
