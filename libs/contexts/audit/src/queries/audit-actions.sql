-- Actions on keys and subjects, in the order of the log.
-- params: subject Nullable(String), after UInt64, first UInt32, as_of Array(UInt64)
SELECT
    action,
    subject,
    algorithm,
    public_key,
    reason,
    actor,
    approved_by,
    formatDateTime(recorded_at, '%Y-%m-%dT%H:%i:%S.%fZ') AS recorded_at,
    _position AS evidence
FROM tributary.audit_action
WHERE _position > {after:UInt64}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
ORDER BY _position
LIMIT {first:UInt32}
