-- Whether an event mentions a benchmark: a search for its items, a score, the items of one, or an influence on it. Reading ends
-- with the first of them: only the table of searches is in the order of benchmarks, and the others are large.
-- params: benchmark String, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/)
SELECT 1 AS mentions
FROM
(
    SELECT 1 FROM tributary.corpus_contamination
    WHERE benchmark = {benchmark:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    LIMIT 1

    UNION ALL

    SELECT 1 FROM tributary.evaluation_score
    WHERE benchmark = {benchmark:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    LIMIT 1

    UNION ALL

    SELECT 1 FROM tributary.evaluation_item
    WHERE benchmark = {benchmark:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    LIMIT 1

    UNION ALL

    SELECT 1 FROM tributary.influence_score
    WHERE benchmark = {benchmark:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    LIMIT 1
)
LIMIT 1
