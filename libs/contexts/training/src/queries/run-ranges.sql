-- The runs of projects in ranges of ids, in order: each range has at most `most` runs, those of other projects among them.
-- A run of which no project is known has an empty one.
-- params: project_ids Array(String), most UInt32, as_of Array(UInt64)
SELECT min(run_id) AS from_id, max(run_id) AS to_id
FROM
(
    SELECT run_id, project_id, row_number() OVER (ORDER BY run_id) AS place
    FROM
    (
        SELECT run_id, argMaxIf(training_run_change.project_id, _position, training_run_change.project_id != '') AS project_id
        FROM tributary.training_run_change
        WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
        GROUP BY run_id
    )
)
WHERE project_id IN {project_ids:Array(String)}
GROUP BY intDiv(place - 1, {most:UInt32}) AS range
ORDER BY range
