-- Type of the event at a place.
-- params: position UInt64
SELECT type
FROM tributary.log_event
WHERE _position = {position:UInt64}
LIMIT 1
