-- Whether an import is withdrawn by then.
-- params: as_of Array(UInt64)
SELECT count() > 0 AS is_any
FROM tributary.log_import_withdrawal
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
