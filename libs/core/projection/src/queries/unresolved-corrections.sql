-- Corrections that are not corrected themselves and replace nothing: they name no event of their type and stream that was
-- recorded before them.
-- params: first UInt32, as_of Array(UInt64)
SELECT _position AS position, type, stream
FROM tributary.log_correction
WHERE corrected_position = 0
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
ORDER BY _position
LIMIT {first:UInt32}
