-- Shards that were retracted after a position of the log.
-- params: since Array(UInt64), as_of Array(UInt64)
SELECT shard_id, reason, actor, _position AS evidence
FROM tributary.corpus_retraction
WHERE NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY evidence
LIMIT 10000
