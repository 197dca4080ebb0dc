-- Runs that are known, and whose start is not recorded: by what else is recorded of them, with the first positions of that.
-- `start_from` is the lowest attempt that is a start: with 1 a plan (attempt 0) is none, with 0 it is one. `has_begun` is whether anything recorded of the run happens only after its start.
-- The rollups name the runs that have steps and metrics, so that those of started runs are not read.
-- params: start_from UInt32, run_id Nullable(String), run_ids Array(String), prefix String, after String, first UInt32, as_of Array(UInt64)
WITH started_run AS
(
    SELECT run_id
    FROM tributary.training_run
    WHERE attempt >= {start_from:UInt32} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
),
mention AS
(
    SELECT toString(run_id) AS id, attempt, 1 AS happened, _position
    FROM tributary.training_step
    WHERE run_id IN (SELECT run_id FROM tributary.training_run_latest WHERE run_id NOT IN started_run)
    UNION ALL
    SELECT toString(run_id), attempt, 1, _position FROM tributary.training_exposure
    UNION ALL
    SELECT toString(run_id), attempt, 1, _position FROM tributary.training_checkpoint
    UNION ALL
    SELECT run_id, attempt, 1, _position FROM tributary.training_run_end
    UNION ALL
    SELECT toString(run_id), attempt, 1, _position FROM tributary.training_skipped_step
    UNION ALL
    SELECT toString(run_id), attempt, 1, _position FROM tributary.training_order
    UNION ALL
    SELECT toString(run_id), 0, 1, _position
    FROM tributary.training_metric
    WHERE run_id IN (SELECT run_id FROM tributary.training_metric_latest WHERE run_id NOT IN started_run)
    UNION ALL
    SELECT run_id, 0, 0, _position FROM tributary.training_input
    UNION ALL
    SELECT run_id, 0, 0, _position FROM tributary.training_run_change
    UNION ALL
    SELECT owner_id, 0, 0, _position FROM tributary.training_param WHERE owner_kind = 'run'
    UNION ALL
    SELECT owner_id, 0, 0, _position FROM tributary.training_tag WHERE owner_kind = 'run'
)
SELECT
    id AS run_id,
    max(attempt) AS newest,
    max(happened) AS has_begun,
    groupArraySorted(1000)(DISTINCT _position) AS positions,
    uniqExact(_position) AS mentions
FROM mention
WHERE id > {after:String}
    AND startsWith(id, {prefix:String})
    AND ({run_id:Nullable(String)} IS NULL OR id = {run_id:Nullable(String)})
    AND (empty({run_ids:Array(String)}) OR id IN {run_ids:Array(String)})
    AND id NOT IN started_run
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY id
ORDER BY id
LIMIT {first:UInt32}
