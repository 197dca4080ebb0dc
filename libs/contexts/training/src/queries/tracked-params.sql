-- Parameters of owners, by key; an empty list means all. The first value counts.
-- params: owner_kind String, owner_ids Array(String), keys Array(String), as_of Array(UInt64)
SELECT owner_id, key, argMin(training_param.value, _position) AS value, min(_position) AS position
FROM tributary.training_param
WHERE owner_kind = {owner_kind:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({owner_ids:Array(String)}) OR owner_id IN {owner_ids:Array(String)})
    AND (empty({keys:Array(String)}) OR key IN {keys:Array(String)})
GROUP BY owner_id, key
ORDER BY owner_id, key
LIMIT 10000000
