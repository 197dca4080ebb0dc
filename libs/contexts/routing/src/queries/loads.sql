-- Tokens by expert of the layers of a checkpoint, as last observed, in the order of probe set, domain and layer.
-- params: checkpoint_id String, probe_set Nullable(String), domain Nullable(String), after String, first UInt32, as_of Array(UInt64)
SELECT
    concat(probe_set, '\t', domain, '\t', leftPad(toString(layer), 6, '0'), '\t', choice) AS page_key,
    checkpoint_id,
    run_id,
    step,
    probe_set,
    domain,
    layer,
    top_k,
    choice,
    counts,
    tokens,
    pair_variant,
    pairs,
    method,
    _position AS evidence
FROM tributary.routing_load
WHERE checkpoint_id = {checkpoint_id:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND ({probe_set:Nullable(String)} IS NULL OR probe_set = {probe_set:Nullable(String)})
    AND ({domain:Nullable(String)} IS NULL OR domain = {domain:Nullable(String)})
    AND page_key > {after:String}
ORDER BY page_key, _position DESC
LIMIT 1 BY page_key
LIMIT {first:UInt32}
