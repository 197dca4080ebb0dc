-- Which of the starts at the positions are of runs on one of the snapshots.
-- params: snapshot_ids Array(String), positions Array(UInt64)
SELECT DISTINCT snapshot_id, _position AS evidence
FROM tributary.training_run
WHERE snapshot_id IN {snapshot_ids:Array(String)} AND _position IN {positions:Array(UInt64)}
ORDER BY evidence
LIMIT 1000000
