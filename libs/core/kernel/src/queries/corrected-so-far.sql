-- What is corrected by then: 'event' where an event is, 'import' where an import is withdrawn.
-- params: as_of Array(UInt64)
(SELECT 'event' AS what FROM tributary.log_correction WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) LIMIT 1)
UNION ALL
(SELECT 'import' AS what FROM tributary.log_import_withdrawal WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) LIMIT 1)
