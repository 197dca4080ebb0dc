-- Positions of the events of withdrawn imports, in a log of which none is withdrawn: `withdrawn-events.sql` takes its place in others.
SELECT toUInt64(0) AS withdrawn_position WHERE false
