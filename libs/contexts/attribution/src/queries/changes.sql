-- Events that correct one of the given events, or the event that one of them corrects.
-- params: positions Array(UInt64)
SELECT corrected_position AS changed, type, reason, actor, _position AS evidence
FROM tributary.log_correction
WHERE corrected_position IN {positions:Array(UInt64)}

UNION ALL

SELECT earlier._position AS changed, later.type, later.reason, later.actor, later._position AS evidence
FROM tributary.log_correction AS later
INNER JOIN tributary.log_correction AS earlier ON earlier.corrected_position = later.corrected_position
WHERE earlier._position IN {positions:Array(UInt64)} AND earlier.corrected_position > 0 AND earlier._position < later._position
