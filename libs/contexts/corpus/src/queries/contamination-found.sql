-- What searches for the items of a benchmark found, by the positions of their facts: at most `most` items and documents each.
-- params: benchmark String, shard_ids Array(String), positions Array(UInt64), most UInt32
SELECT
    shard_id,
    benchmark_version AS version,
    items_digest,
    item_fields,
    kind,
    gram,
    gram_of,
    threshold,
    field,
    instrument,
    instrument_version,
    method,
    items_compared,
    items_skipped,
    items_matched,
    arraySlice(item_ids, 1, {most:UInt32}) AS items,
    arraySlice(item_shares, 1, {most:UInt32}) AS shares,
    documents_compared,
    documents_matched,
    arraySlice(document_ids, 1, {most:UInt32}) AS documents,
    _position AS evidence
FROM tributary.corpus_contamination
WHERE benchmark = {benchmark:String}
    AND shard_id IN {shard_ids:Array(String)}
    AND _position IN {positions:Array(UInt64)}
ORDER BY shard_id, evidence DESC
LIMIT 1000000
