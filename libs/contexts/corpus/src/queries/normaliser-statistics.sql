-- Statistics of a normaliser. It is frozen: the first record counts.
-- params: normaliser_id String, as_of Array(UInt64)
SELECT attribute, corpus, items, feature, statistic, value, _position AS evidence
FROM tributary.corpus_normaliser
WHERE normaliser_id = {normaliser_id:String}
    AND _position =
    (
        SELECT min(_position)
        FROM tributary.corpus_normaliser
        WHERE normaliser_id = {normaliser_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
ORDER BY feature, statistic
LIMIT 50000
