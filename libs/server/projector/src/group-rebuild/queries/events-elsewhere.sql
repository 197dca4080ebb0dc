-- Where the tables have the events that the shadow tables, of another topic, have at some positions. The name of the shadow
-- table replaces that of the subquery.
-- params: positions Array(UInt64)
SELECT live._position AS position, filled._position AS filled_position
FROM tributary.log_event AS live
INNER JOIN
(
    SELECT id_key, source, id, _position
    FROM (SELECT * FROM tributary.log_event)
    WHERE _position IN {positions:Array(UInt64)}
) AS filled USING (id_key, source, id)
ORDER BY filled_position, position
LIMIT 10000
