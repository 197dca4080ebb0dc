-- When the first of the scores at the positions was recorded, in microseconds; no row where there is none.
-- params: positions Array(UInt64), as_of Array(UInt64)
SELECT toUnixTimestamp64Micro(min(recorded_at)) AS recorded_at
FROM tributary.evaluation_score
WHERE _position IN {positions:Array(UInt64)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
HAVING count() > 0
