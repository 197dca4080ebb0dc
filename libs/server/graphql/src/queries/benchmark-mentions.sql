-- The first event that mentions a benchmark: a search for its items, a score, the items of one, or an influence on it.
-- params: benchmark String, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/)
SELECT min(_position) AS evidence
FROM
(
    SELECT _position FROM tributary.corpus_contamination WHERE benchmark = {benchmark:String}
    UNION ALL
    SELECT _position FROM tributary.evaluation_score WHERE benchmark = {benchmark:String}
    UNION ALL
    SELECT _position FROM tributary.evaluation_item WHERE benchmark = {benchmark:String}
    UNION ALL
    SELECT _position FROM tributary.influence_score WHERE benchmark = {benchmark:String}
)
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN corrected
HAVING count() > 0
LIMIT 1
