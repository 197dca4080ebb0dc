-- Shards as last registered, in order of their id, with the current retraction.
-- params: shard_id Nullable(String), slice Nullable(String), after String, first UInt32, as_of Array(UInt64)
WITH newest AS
(
    SELECT *
    FROM tributary.corpus_shard
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND shard_id > {after:String}
        AND ({shard_id:Nullable(String)} IS NULL OR shard_id = {shard_id:Nullable(String)})
    ORDER BY shard_id, _position DESC
    LIMIT 1 BY shard_id
),
page AS
(
    SELECT *
    FROM newest
    WHERE {slice:Nullable(String)} IS NULL
        OR slice = {slice:Nullable(String)}
        OR startsWith(slice, concat({slice:Nullable(String)}, '/'))
    ORDER BY shard_id
    LIMIT {first:UInt32}
),
retraction AS
(
    SELECT
        shard_id,
        argMax(reason, _position) AS reason,
        argMax(actor, _position) AS actor,
        max(_position) AS position
    FROM tributary.corpus_retraction
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND shard_id IN (SELECT shard_id FROM page)
    GROUP BY shard_id
)
SELECT
    page.shard_id AS shard_id,
    page.slice AS slice,
    page.split AS split,
    page.uri AS uri,
    page.digest_algorithm AS digest_algorithm,
    page.digest AS digest,
    page.bytes AS bytes,
    page.bytes_method AS bytes_method,
    page.documents AS documents,
    page.documents_method AS documents_method,
    page.tokens AS tokens,
    page.tokens_method AS tokens_method,
    page.tokenizer AS tokenizer,
    page.licence AS licence,
    page.origin_registry AS origin_registry,
    page.origin_package AS origin_package,
    page.origin_version AS origin_version,
    page.origin_path AS origin_path,
    retraction.reason AS retracted_because,
    retraction.actor AS retracted_by,
    if(retraction.position = 0, [page._position], arraySort([page._position, retraction.position])) AS evidence
FROM page
LEFT JOIN retraction ON retraction.shard_id = page.shard_id
ORDER BY shard_id
