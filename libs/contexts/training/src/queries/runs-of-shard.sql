-- Runs that consumed one of some shards, were started or planned on one of the snapshots or declared it as their input, and runs that
-- are given, in order of their id.
-- params: shard_ids Array(String), snapshot_ids Array(String), given_runs Array(String), after String, first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
touch AS
(
    SELECT toString(run_id) AS run_id, '' AS snapshot_id, _position
    FROM tributary.training_exposure
    WHERE shard_id IN {shard_ids:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected

    UNION ALL

    SELECT run_id, snapshot_id, _position
    FROM tributary.training_run
    WHERE snapshot_id IN {snapshot_ids:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected

    UNION ALL

    SELECT run_id, snapshot_id, _position
    FROM tributary.training_input
    WHERE snapshot_id IN {snapshot_ids:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected

    UNION ALL

    SELECT arrayJoin({given_runs:Array(String)}) AS run_id, '' AS snapshot_id, toUInt64(0) AS _position
)
SELECT
    run_id,
    countIf(snapshot_id = '') > 0 AS consumed,
    arraySort(groupUniqArrayIf(snapshot_id, snapshot_id != '')) AS snapshot_ids,
    groupUniqArrayIf(1000)(_position, snapshot_id != '') AS evidence,
    uniqExactIf(_position, snapshot_id != '') AS evidence_total
FROM touch
WHERE run_id > {after:String}
GROUP BY run_id
ORDER BY run_id
LIMIT {first:UInt32}
