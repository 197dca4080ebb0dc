-- The newest statement about an alias where it says that it holds, in whichever order it names the addresses.
-- params: kind String, address String, other String, as_of Array(UInt64)
SELECT
    argMax(corpus_alias.reason, _position) AS reason,
    argMax(corpus_alias.actor, _position) AS actor,
    max(_position) AS evidence
FROM tributary.corpus_alias
WHERE corpus_alias.kind = {kind:String}
    AND (corpus_alias.address, corpus_alias.other) IN (({address:String}, {other:String}), ({other:String}, {address:String}))
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY corpus_alias.kind
HAVING argMax(is_declared, _position)
ORDER BY evidence
LIMIT 1
