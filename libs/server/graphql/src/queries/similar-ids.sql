-- Ids and names that are most like a text, the most similar first: by the groups of four characters that they share.
-- params: kinds Array(String), text String, first UInt32, as_of Array(UInt64)
WITH mention AS
(
    SELECT * FROM (/*entity-mentions.sql*/)
    UNION ALL
    SELECT * FROM (/*run-mentions.sql*/)
)
SELECT
    entity_kind,
    id,
    min(least(ngramDistanceCaseInsensitiveUTF8(id, {text:String}), ngramDistanceCaseInsensitiveUTF8(name, {text:String}))) AS distance
FROM mention
WHERE length(id) < 1000
GROUP BY entity_kind, id
HAVING distance < 0.8
ORDER BY distance, entity_kind, id
LIMIT {first:UInt32}
