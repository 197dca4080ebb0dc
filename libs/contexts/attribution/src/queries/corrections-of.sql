-- Events after a position of the log by which one of the given events, or the event that one of them corrects, does not count
-- any more: corrections, and withdrawals of the import that it is of.
-- params: positions Array(UInt64), since Array(UInt64), as_of Array(UInt64)
SELECT changed, type, reason, actor, evidence
FROM (/*changes.sql*/)
WHERE NOT tributaryIsAtOrBefore(evidence, {since:Array(UInt64)}) AND tributaryIsAtOrBefore(evidence, {as_of:Array(UInt64)})
ORDER BY evidence, changed
LIMIT 1000000
