-- Position of the last event of a partition in the tables; 0 where they have none.
-- params: after UInt64, until UInt64
SELECT max(_position) AS position
FROM tributary.log_event
WHERE _position > {after:UInt64} AND _position <= {until:UInt64}
LIMIT 1
