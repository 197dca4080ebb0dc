-- Pairs of addresses that hold, from some of their addresses: `most` of an address at most.
-- params: addresses Array(String), most UInt32, as_of Array(UInt64)
SELECT address, other, max(_position) AS evidence
FROM tributary.corpus_alias
WHERE kind = 'pair'
    AND address IN {addresses:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY address, other
HAVING argMax(is_declared, _position)
ORDER BY address, other
LIMIT {most:UInt32} BY address
LIMIT 100001
