-- What recorded facts name, of some kinds or of all but runs: one row a mention. Corrected facts do not count.
-- params: kinds Array(String), as_of Array(UInt64)
SELECT entity_kind, id, name, registered, attempt, _position, recorded_at
FROM
(
    SELECT toString(kind) AS entity_kind, substring(node, length(kind) + 2) AS id, name, registered, 0 AS attempt, _position, recorded_at
    FROM tributary.lineage_node
    WHERE kind NOT IN ('run', 'unknown') AND (empty({kinds:Array(String)}) OR kind IN {kinds:Array(String)})
    UNION ALL
    SELECT 'experiment', toString(experiment_id), '', 0, 0, _position, recorded_at FROM tributary.training_run WHERE experiment_id != ''
    UNION ALL
    SELECT 'experiment', toString(experiment_id), '', 0, 0, _position, recorded_at FROM tributary.mixture_plan WHERE experiment_id != ''
    UNION ALL
    SELECT 'pipeline', pipeline_id, '', 1, 0, _position, recorded_at FROM tributary.corpus_step
    UNION ALL
    SELECT 'project', project_id, name, 1, 0, _position, recorded_at FROM tributary.training_project
)
WHERE (empty({kinds:Array(String)}) OR entity_kind IN {kinds:Array(String)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
