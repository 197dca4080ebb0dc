-- Datasets that runs declared as inputs, each once; an empty list means all runs.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT
    run_id,
    name,
    digest,
    context,
    any(training_input.source_type) AS source_type,
    any(training_input.source) AS source,
    any(training_input.schema) AS schema,
    any(training_input.profile) AS profile,
    any(training_input.snapshot_id) AS snapshot_id,
    any(training_input.tags) AS tags,
    arraySort(groupArray(_position)) AS evidence
FROM tributary.training_input
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
GROUP BY run_id, name, digest, context
ORDER BY run_id, min(_position)
LIMIT 1000000
