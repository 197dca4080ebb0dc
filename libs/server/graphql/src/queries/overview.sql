-- How many entities of each kind the tables hold.
-- params: as_of Array(UInt64)
SELECT kind, count
FROM (
    SELECT 1 AS place, 'runs' AS kind, uniqExact(run_id) AS count
    FROM tributary.training_run_change
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 2, 'experiments', uniqExact(experiment_id)
    FROM tributary.mixture_arm
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 3, 'mixtures', uniqExact(mixture_id)
    FROM tributary.mixture_plan
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 4, 'snapshots', uniqExact(snapshot_id)
    FROM tributary.corpus_snapshot
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 5, 'shards', uniqExact(shard_id)
    FROM tributary.corpus_shard
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 6, 'checkpoints', uniqExact(checkpoint_id)
    FROM tributary.training_checkpoint
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 7, 'scores', count()
    FROM tributary.evaluation_score
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT 8, 'projects of trackers', uniqExact(project_id)
    FROM tributary.training_project
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
)
ORDER BY place
