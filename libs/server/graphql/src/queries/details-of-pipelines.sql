-- How many steps corpus pipelines have, and their tools.
-- params: ids Array(String), as_of Array(UInt64)
SELECT
    pipeline_id AS id,
    [
        ('steps', toString(uniqExact(step_id))),
        ('tools', arrayStringConcat(arraySort(groupUniqArrayIf(toString(tool), tool != '')), ', '))
    ] AS details
FROM tributary.corpus_step
WHERE pipeline_id IN {ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY id
ORDER BY id
LIMIT 10000
