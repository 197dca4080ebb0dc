-- Rows of log_event for a range of positions, and the positions that they are for. An event has one row.
-- params: after UInt64, until UInt64
SELECT count() AS row_count, uniqExact(_position) AS position_count
FROM tributary.log_event
WHERE _position > {after:UInt64} AND _position <= {until:UInt64}
LIMIT 1
