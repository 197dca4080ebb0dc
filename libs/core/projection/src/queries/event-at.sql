-- The event that the tables have at a position.
-- params: position UInt64
SELECT source, id
FROM tributary.log_event
WHERE _position = {position:UInt64}
ORDER BY source, id
LIMIT 1
