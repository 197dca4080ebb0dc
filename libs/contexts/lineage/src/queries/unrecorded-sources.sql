-- What something was made from and of which no fact says what it was made from itself: snapshots without shards and sources,
-- checkpoints that no run saved, runs that others forked from and of which only that is known, and sources without an id. Each
-- with the first of the nodes that were made from it, and how many there are.
-- params: as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
referred AS
(
    SELECT DISTINCT source, target
    FROM tributary.lineage_edge_by_source
    WHERE (startsWith(source, 'snapshot:') OR startsWith(source, 'checkpoint:') OR startsWith(source, 'run:')
            OR startsWith(source, 'unknown:') OR startsWith(source, 'name:'))
        AND kind IN ('source', 'trained_on', 'consumed', 'initialised_from', 'merged_into', 'forked_from')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
),
fed AS
(
    SELECT DISTINCT target
    FROM tributary.lineage_edge_by_target
    WHERE target IN (SELECT source FROM referred)
        AND kind IN ('source', 'member', 'produced', 'trained_on', 'followed', 'consumed', 'may_have_consumed', 'initialised_from', 'saved', 'merged_into', 'forked_from', 'writes')
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
)
SELECT source AS node, min(referred.target) AS target, count() AS targets
FROM referred
WHERE source NOT IN fed
GROUP BY node
ORDER BY node
LIMIT 1001
