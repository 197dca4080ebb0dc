-- Aliases that hold: each as it was declared last, in the order of their addresses. With an address only those that name it,
-- or a part of it.
-- params: address Nullable(String), after String, first UInt32, as_of Array(UInt64)
WITH statement AS
(
    SELECT
        toString(kind) AS kind,
        least(corpus_alias.address, corpus_alias.other) AS one,
        greatest(corpus_alias.address, corpus_alias.other) AS two,
        argMax((is_declared, reason, actor), _position) AS last,
        max(_position) AS position
    FROM tributary.corpus_alias
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY kind, one, two
)
SELECT
    kind, one AS address, two AS other, last.2 AS reason, last.3 AS actor, position AS evidence,
    concat(one, char(0), two, char(0), kind) AS page_key
FROM statement
WHERE last.1 AND page_key > {after:String}
    AND ({address:Nullable(String)} IS NULL
        OR multiIf(
            kind = 'pair', one = {address:Nullable(String)} OR two = {address:Nullable(String)},
            position(assumeNotNull({address:Nullable(String)}), one) > 0 OR position(assumeNotNull({address:Nullable(String)}), two) > 0))
ORDER BY page_key
LIMIT {first:UInt32}
