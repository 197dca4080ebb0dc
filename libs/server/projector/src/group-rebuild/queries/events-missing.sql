-- Events that the tables hold and the tables of the subquery lack, which a rebuild replaces by its shadow tables.
-- params: most UInt32
SELECT _position AS position, source, id
FROM tributary.log_event
WHERE (id_key, source, id) NOT IN (SELECT id_key, source, id FROM tributary.log_event)
ORDER BY _position
LIMIT {most:UInt32}
