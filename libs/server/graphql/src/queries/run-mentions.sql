-- Runs that recorded facts name: one row a mention, with the attempt where there is one. Corrected facts do not count. A run
-- without a recorded start is known by what else is recorded of it; the rollups say which runs have steps and metrics, so
-- that those of started runs are not read. A plan is attempt 0, and points are of attempt 1 at least. Tables of telemetry and of exposure have no record times.
-- params: kinds Array(String), as_of Array(UInt64)
WITH started_run AS
(
    SELECT run_id
    FROM tributary.training_run
    WHERE attempt > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
)
SELECT entity_kind, id, name, registered, attempt, _position, recorded_at
FROM
(
    SELECT 'run' AS entity_kind, substring(node, 5) AS id, name, registered, 0 AS attempt, _position, recorded_at
    FROM tributary.lineage_node
    WHERE kind = 'run'
    UNION ALL
    SELECT 'run', run_id, '', 1, attempt, _position, recorded_at FROM tributary.training_run
    UNION ALL
    SELECT 'run', toString(run_id), '', 0, attempt, _position, NULL
    FROM tributary.training_step
    WHERE run_id IN (SELECT run_id FROM tributary.training_run_latest WHERE run_id NOT IN started_run)
    UNION ALL
    SELECT 'run', toString(run_id), '', 0, attempt, _position, NULL FROM tributary.training_exposure_range
    UNION ALL
    SELECT 'run', toString(run_id), '', 0, attempt, _position, recorded_at FROM tributary.training_checkpoint
    UNION ALL
    SELECT 'run', run_id, '', 0, attempt, _position, recorded_at FROM tributary.training_run_end
    UNION ALL
    SELECT 'run', toString(run_id), '', 0, attempt, _position, recorded_at FROM tributary.training_skipped_step
    UNION ALL
    SELECT 'run', toString(run_id), '', 0, attempt, _position, recorded_at FROM tributary.training_order
    UNION ALL
    SELECT 'run', toString(run_id), '', 0, 1, _position, NULL
    FROM tributary.training_metric
    WHERE run_id IN (SELECT run_id FROM tributary.training_metric_latest WHERE run_id NOT IN started_run)
    UNION ALL
    SELECT 'run', run_id, name, 0, 0, _position, recorded_at FROM tributary.training_run_change
    UNION ALL
    SELECT 'run', owner_id, '', 0, 0, _position, recorded_at FROM tributary.training_param WHERE owner_kind = 'run'
    UNION ALL
    SELECT 'run', owner_id, '', 0, 0, _position, recorded_at FROM tributary.training_tag WHERE owner_kind = 'run'
)
WHERE (empty({kinds:Array(String)}) OR entity_kind IN {kinds:Array(String)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
