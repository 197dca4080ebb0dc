-- Current tags of owners, by key; an empty list means all.
-- params: owner_kind String, owner_ids Array(String), keys Array(String), as_of Array(UInt64)
SELECT owner_id, key, argMax(training_tag.value, _position) AS value, max(_position) AS position
FROM tributary.training_tag
WHERE owner_kind = {owner_kind:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND (empty({owner_ids:Array(String)}) OR owner_id IN {owner_ids:Array(String)})
    AND (empty({keys:Array(String)}) OR key IN {keys:Array(String)})
GROUP BY owner_id, key
HAVING NOT argMax(removed, _position)
ORDER BY owner_id, key
LIMIT 10000000
