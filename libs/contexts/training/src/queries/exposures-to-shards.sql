-- Which of the exposures at the positions are to one of the shards.
-- params: shard_ids Array(String), positions Array(UInt64)
SELECT DISTINCT toString(shard_id) AS shard_id, _position AS evidence
FROM tributary.training_exposure
WHERE shard_id IN {shard_ids:Array(String)} AND _position IN {positions:Array(UInt64)}
ORDER BY evidence, shard_id
LIMIT 1000000
