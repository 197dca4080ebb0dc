-- Retractions of a shard, a snapshot or a package itself, in the order of the log.
-- params: target_kind String, target_ref String, as_of Array(UInt64)
WITH retraction AS
(
    SELECT 'shard' AS kind, shard_id AS ref, reason, actor, _position
    FROM tributary.corpus_retraction
    WHERE shard_id = {target_ref:String}
    UNION ALL
    SELECT toString(source_kind) AS kind, source_ref AS ref, reason, actor, _position
    FROM tributary.corpus_source_retraction
    WHERE source_ref = {target_ref:String}
)
SELECT reason, actor, _position AS evidence
FROM retraction
WHERE kind = {target_kind:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY evidence
LIMIT 10000
