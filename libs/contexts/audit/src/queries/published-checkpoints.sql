-- Published tree heads, in the order of the log.
-- params: origin Nullable(String), after UInt64, first UInt32, as_of Array(UInt64)
SELECT
    origin,
    tree_size,
    root_hash,
    note,
    formatDateTime(recorded_at, '%Y-%m-%dT%H:%i:%S.%fZ') AS recorded_at,
    _position AS evidence
FROM tributary.audit_checkpoint
WHERE _position > {after:UInt64}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND ({origin:Nullable(String)} IS NULL OR origin = {origin:Nullable(String)})
ORDER BY _position
LIMIT {first:UInt32}
