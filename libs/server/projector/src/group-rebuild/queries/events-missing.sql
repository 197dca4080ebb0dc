-- Events that the tables hold and the tables of the subquery lack, which a rebuild replaces by its shadow tables: those at or
-- before a position of the log, or all of them where there is none.
-- params: as_of Array(UInt64), most UInt32
SELECT _position AS position, source, id
FROM tributary.log_event
WHERE (id_key, source, id) NOT IN (SELECT id_key, source, id FROM tributary.log_event)
    AND (empty({as_of:Array(UInt64)}) OR tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}))
ORDER BY _position
LIMIT {most:UInt32}
