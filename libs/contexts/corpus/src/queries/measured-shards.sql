-- What was measured last of an attribute in shards, with the instrument; one row a shard that was measured.
-- params: shard_ids Array(String), attribute String, as_of Array(UInt64)
SELECT
    ref AS shard_id,
    arraySort(groupArray((bucket, corpus_attribute.value))) AS buckets,
    any(corpus_attribute.unit) AS unit,
    any(corpus_attribute.method) AS method,
    any(corpus_attribute.instrument) AS instrument,
    any(corpus_attribute.instrument_version) AS version,
    any(corpus_attribute.normaliser_id) AS normaliser,
    _position AS evidence
FROM tributary.corpus_attribute
WHERE attribute = {attribute:String}
    AND subject_kind = 'shard'
    AND ref IN {shard_ids:Array(String)}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY ref, _position
ORDER BY ref, _position DESC
LIMIT 1 BY ref
LIMIT 1000000
