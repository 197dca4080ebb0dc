-- Rules about addresses that hold, each as it was declared last.
-- params: first UInt32, as_of Array(UInt64)
SELECT
    toString(kind) AS rule_kind,
    argMax(corpus_alias.address, _position) AS address,
    argMax(corpus_alias.other, _position) AS other,
    max(_position) AS evidence
FROM tributary.corpus_alias
WHERE corpus_alias.kind IN ('prefix', 'suffix', 'segment')
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY kind, least(corpus_alias.address, corpus_alias.other), greatest(corpus_alias.address, corpus_alias.other)
HAVING argMax(is_declared, _position)
ORDER BY rule_kind, least(address, other), greatest(address, other)
LIMIT {first:UInt32}
