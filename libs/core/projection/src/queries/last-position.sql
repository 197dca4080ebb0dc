-- The position of the last event of a partition that the tables hold; 0 where they hold none.
-- params: after UInt64, until UInt64
SELECT max(_position) AS position
FROM tributary.log_event
WHERE _position > {after:UInt64} AND _position <= {until:UInt64}
LIMIT 1
