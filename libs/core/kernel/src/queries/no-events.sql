-- Positions of the events that do not count, in a log in which nothing is corrected.
SELECT toUInt64(0) AS corrected_position WHERE false
