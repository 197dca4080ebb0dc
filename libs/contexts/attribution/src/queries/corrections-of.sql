-- Events after a position of the log that correct one of the given events.
-- params: positions Array(UInt64), since Array(UInt64), as_of Array(UInt64)
SELECT corrected_position AS changed, type, reason, actor, _position AS evidence
FROM tributary.log_correction
WHERE corrected_position IN {positions:Array(UInt64)}
    AND NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
ORDER BY evidence
LIMIT 10000
