-- Values of an attribute as last measured by each instrument, by subject and bucket.
-- params: attribute String, subject_kind Nullable(String), ref Nullable(String), after String, first UInt32, as_of Array(UInt64)
SELECT
    concat(subject_kind, '\t', ref, '\t', bucket, '\t', instrument, '\t', instrument_version) AS page_key,
    subject_kind,
    ref,
    bucket,
    value,
    unit,
    method,
    instrument,
    instrument_version,
    normaliser_id,
    _position AS evidence
FROM tributary.corpus_attribute
WHERE attribute = {attribute:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND ({subject_kind:Nullable(String)} IS NULL OR subject_kind = {subject_kind:Nullable(String)})
    AND ({ref:Nullable(String)} IS NULL OR ref = {ref:Nullable(String)})
    AND page_key > {after:String}
ORDER BY page_key, _position DESC
LIMIT 1 BY page_key
LIMIT {first:UInt32}
