-- How many entities of each kind the events name that an import added, and the first of them. What does not count names nothing.
-- params: kinds Array(String), import_id String, as_of Array(UInt64)
WITH mention AS
(
    SELECT * FROM (/*entity-mentions.sql*/)
    UNION ALL
    SELECT * FROM (/*run-mentions.sql*/)
)
SELECT
    entity_kind,
    uniqExact(id) AS entities,
    arraySlice(arraySort(groupUniqArray(id)), 1, 20) AS ids,
    groupArraySorted(100)(DISTINCT _position) AS evidence,
    uniqExact(_position) AS evidence_total
FROM mention
WHERE _position IN
    (
        SELECT arrayJoin(arrayFlatten(arrayMap(one -> range(one.first, one.last + 1), stored)))
        FROM tributary.log_import_part
        WHERE import_id = {import_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    )
GROUP BY entity_kind
ORDER BY entity_kind
LIMIT 100
