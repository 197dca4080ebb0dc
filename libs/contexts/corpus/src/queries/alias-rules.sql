-- Rules about addresses that hold, and whether any pair does: a row with the kind `pair` and nothing else.
-- params: as_of Array(UInt64)
WITH statement AS
(
    SELECT
        toString(kind) AS kind,
        if(kind = 'pair', '', argMax(address, _position)) AS address,
        if(kind = 'pair', '', argMax(other, _position)) AS other,
        argMax(is_declared, _position) AS holds,
        max(_position) AS position
    FROM tributary.corpus_alias
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY kind, least(corpus_alias.address, corpus_alias.other), greatest(corpus_alias.address, corpus_alias.other)
)
SELECT kind, address, other, position AS evidence
FROM statement
WHERE holds
ORDER BY kind, address, other, position
LIMIT 1 BY kind, address, other
LIMIT 1001
