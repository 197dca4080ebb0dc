-- Events that correct one of the given events, or the event that one of them corrects, and withdrawals of imports that stated it.
-- params: positions Array(UInt64), as_of Array(UInt64)
SELECT corrected_position AS changed, type, reason, actor, _position AS evidence
FROM tributary.log_correction
WHERE corrected_position IN {positions:Array(UInt64)} AND _position > 0

UNION ALL

SELECT earlier._position AS changed, later.type, later.reason, later.actor, later._position AS evidence
FROM tributary.log_correction AS later
INNER JOIN tributary.log_correction AS earlier ON earlier.corrected_position = later.corrected_position
WHERE earlier._position IN {positions:Array(UInt64)} AND earlier.corrected_position > 0 AND earlier._position < later._position

UNION ALL

SELECT part.changed AS changed, 'lineage.import.withdrawn', withdrawal.reason, withdrawal.actor, withdrawal._position AS evidence
FROM
(
    SELECT
        import_id,
        arrayJoin(arrayFilter(
            position -> arrayExists(one -> position BETWEEN one.first AND one.last, arrayConcat(stored, repeated)),
            {positions:Array(UInt64)}
        )) AS changed
    FROM tributary.log_import_part
) AS part
INNER JOIN tributary.log_import_withdrawal AS withdrawal ON withdrawal.import_id = part.import_id
WHERE part.changed IN (/*withdrawn-events.sql*/)
