-- Events of a partition in the tables, by the keys of their ids; keys can collide.
-- params: keys Array(UInt64), after UInt64, until UInt64
SELECT source, id, type, stream, hash, min(_position) AS position
FROM tributary.log_event
WHERE id_key IN {keys:Array(UInt64)} AND _position > {after:UInt64} AND _position <= {until:UInt64}
GROUP BY source, id, type, stream, hash
LIMIT 100000
