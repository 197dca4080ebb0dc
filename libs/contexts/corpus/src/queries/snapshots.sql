-- Dataset versions as last registered, in order of their id, with the number of shards that each lists.
-- params: snapshot_id Nullable(String), after String, first UInt32, as_of Array(UInt64)
WITH page AS
(
    SELECT *
    FROM tributary.corpus_snapshot
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND snapshot_id > {after:String}
        AND ({snapshot_id:Nullable(String)} IS NULL OR snapshot_id = {snapshot_id:Nullable(String)})
    ORDER BY snapshot_id, _position DESC
    LIMIT 1 BY snapshot_id
    LIMIT {first:UInt32}
),
member AS
(
    SELECT snapshot_id, place, argMax(repeats, _position) AS repeats
    FROM tributary.corpus_member
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND snapshot_id IN (SELECT snapshot_id FROM page)
    GROUP BY snapshot_id, place
),
listed AS
(
    SELECT snapshot_id, count() AS member_count, sum(repeats) AS listed_count
    FROM member
    GROUP BY snapshot_id
)
SELECT
    page.snapshot_id AS snapshot_id,
    page.name AS name,
    page.version AS version,
    page.description AS description,
    page.uri AS uri,
    page.digest_algorithm AS digest_algorithm,
    page.digest AS digest,
    page.licence AS licence,
    page.licence_stated AS licence_stated,
    page.created_at AS created_at,
    page.created_at_zone AS created_at_zone,
    page.bytes AS bytes,
    page.bytes_method AS bytes_method,
    page.documents AS documents,
    page.documents_method AS documents_method,
    page.tokens AS tokens,
    page.tokens_method AS tokens_method,
    page.tokenizer AS tokenizer,
    page.repository AS repository,
    page.revision AS revision,
    page.config AS config,
    page.redacted AS redacted,
    listed.member_count AS member_count,
    listed.listed_count AS listed_count,
    page._position AS evidence
FROM page
LEFT JOIN listed ON listed.snapshot_id = page.snapshot_id
ORDER BY snapshot_id
