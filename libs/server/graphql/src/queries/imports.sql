-- Imports in the order in which they began, or those with some ids: what became of them, and how many events they added.
-- params: ids Array(String), after UInt64, first UInt32, as_of Array(UInt64)
SELECT
    started._position AS evidence,
    started.import_id AS id,
    started.paths AS paths,
    toString(started.program) AS program,
    started.actor AS actor,
    formatDateTime(started.recorded_at, '%Y-%m-%dT%H:%i:%S.%fZ') AS started_at,
    ended.ended_position > 0 AS is_ended,
    ended.ended_at AS ended_at,
    ended.kinds AS kinds,
    ended.by_type AS by_type,
    ended.refused AS refused,
    ended.not_looked_at AS not_looked_at,
    ended.digest AS digest,
    part.stored_events AS stored,
    part.repeated_events AS repeated,
    part.last_announcement AS last_announcement,
    part.last_part AS last_part,
    withdrawal.withdrawn_position AS withdrawn_position,
    withdrawal.withdrawn_at AS withdrawn_at,
    withdrawal.reason AS reason,
    withdrawal.withdrawn_by AS withdrawn_by
FROM tributary.log_import AS started
LEFT JOIN
(
    SELECT
        import_id,
        began,
        sum(arraySum(one -> one.last - one.first + 1, log_import_part.stored)) AS stored_events,
        sum(arraySum(one -> one.last - one.first + 1, log_import_part.repeated)) AS repeated_events,
        maxIf(_position, is_announcement) AS last_announcement,
        max(_position) AS last_part
    FROM tributary.log_import_part
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    GROUP BY import_id, began
) AS part ON part.import_id = started.import_id AND part.began = started._position
LEFT JOIN
(
    SELECT
        import_id, began, kinds, by_type, refused, not_looked_at, digest,
        _position AS ended_position,
        formatDateTime(recorded_at, '%Y-%m-%dT%H:%i:%S.%fZ') AS ended_at
    FROM tributary.log_import_end
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    ORDER BY _position
    LIMIT 1 BY import_id, began
) AS ended ON ended.import_id = started.import_id AND ended.began = started._position
LEFT JOIN
(
    SELECT
        import_id, began, reason,
        actor AS withdrawn_by,
        _position AS withdrawn_position,
        formatDateTime(recorded_at, '%Y-%m-%dT%H:%i:%S.%fZ') AS withdrawn_at
    FROM tributary.log_import_withdrawal
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    ORDER BY _position DESC
    LIMIT 1 BY import_id, began
) AS withdrawal ON withdrawal.import_id = started.import_id AND withdrawal.began = started._position
WHERE started._position > {after:UInt64}
    AND tributaryIsAtOrBefore(started._position, {as_of:Array(UInt64)})
    AND (empty({ids:Array(String)}) OR started.import_id IN {ids:Array(String)})
ORDER BY evidence
LIMIT {first:UInt32}
