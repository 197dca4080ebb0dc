-- Snapshots that were retracted after a position of the log and not after another one, and those made from them, as it holds
-- by then. Up to 17 hops: those that are 17 hops away say that there may be more.
-- params: since Array(UInt64), until Array(UInt64), as_of Array(UInt64)
WITH RECURSIVE source_retraction AS
(
    SELECT source_ref, reason, actor, _position
    FROM tributary.corpus_source_retraction
    WHERE source_kind = 'snapshot'
        AND NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {until:Array(UInt64)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
source AS
(
    SELECT snapshot_id, ref
    FROM tributary.corpus_snapshot_source
    WHERE kind = 'snapshot' AND (snapshot_id, _position) IN (/*newest-snapshots.sql*/)
),
made AS
(
    SELECT source_ref AS retracted, source_ref AS snapshot_id, toUInt8(0) AS hops
    FROM source_retraction

    UNION ALL

    SELECT DISTINCT made.retracted AS retracted, source.snapshot_id AS snapshot_id, toUInt8(made.hops + 1) AS hops
    FROM source
    INNER JOIN made ON source.ref = made.snapshot_id
    WHERE made.hops < 17
)
SELECT
    toString(made.snapshot_id) AS snapshot_id,
    made.retracted AS retracted,
    reason,
    actor,
    _position AS evidence,
    made.least AS hops
FROM (SELECT retracted, snapshot_id, min(hops) AS least FROM made GROUP BY retracted, snapshot_id) AS made
INNER JOIN source_retraction ON source_retraction.source_ref = made.retracted
ORDER BY evidence, snapshot_id
LIMIT 10001
