-- Whether an event lies at or before a position of the log. The upper bits of an event's position are its partition, the
-- lower 40 its number in the partition; `asOf` is a position of the log: the last number of each partition that counts,
-- as a whole position. No other statement knows this layout. Functions belong to the server and not to a database, hence
-- the prefix. The engine puts the body in the place of each call before it plans a query.
CREATE FUNCTION IF NOT EXISTS tributaryIsAtOrBefore /*on_cluster*/ AS (position, asOf) ->
    position <= asOf[1 + bitShiftRight(position, 40)]
