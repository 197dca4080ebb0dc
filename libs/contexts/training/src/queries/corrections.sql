-- Events of a run that a later event corrects.
-- params: stream String, first UInt32, as_of Array(UInt64)
SELECT
    corrected_position,
    _position AS position,
    type,
    reason,
    actor
FROM tributary.log_correction
WHERE stream = {stream:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
ORDER BY _position
LIMIT {first:UInt32}
