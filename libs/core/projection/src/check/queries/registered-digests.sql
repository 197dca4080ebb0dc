-- Which events of a log in a topic the tables hold, up to a position of the log, by ranges of 65,536 positions: how many, and
-- the sum of their digests modulo 2^64, as `DigestSum` of the event log computes it (its multiplications wrap at 2^32).
-- capacity is the number of positions of a partition.
-- params: as_of Array(UInt64), capacity UInt64
WITH
    _position % {capacity:UInt64} AS number,
    bitXor(toUInt32(number * 2654435761), toUInt32(bitShiftRight(number, 32))) AS at,
    bitXor(at, bitShiftRight(at, 16)) AS at_1,
    toUInt32(at_1 * 2246822507) AS at_2,
    toUInt32(bitXor(at_2, bitShiftRight(at_2, 13)) * 3266489909) AS at_3,
    bitXor(at_3, bitShiftRight(at_3, 16)) AS at_mixed,
    bitXor(reinterpretAsUInt32(reverse(unhex(substring(hash, 1, 8)))), at_mixed) AS high_0,
    toUInt32(bitXor(high_0, bitShiftRight(high_0, 16)) * 2246822507) AS high_1,
    toUInt32(bitXor(high_1, bitShiftRight(high_1, 13)) * 3266489909) AS high_2,
    bitXor(high_2, bitShiftRight(high_2, 16)) AS high,
    bitXor(bitXor(reinterpretAsUInt32(reverse(unhex(substring(hash, 9, 8)))), high), toUInt32(at * 2246822519)) AS low_0,
    toUInt32(bitXor(low_0, bitShiftRight(low_0, 16)) * 2246822507) AS low_1,
    toUInt32(bitXor(low_1, bitShiftRight(low_1, 13)) * 3266489909) AS low_2,
    bitXor(low_2, bitShiftRight(low_2, 16)) AS low
SELECT
    intDiv(_position, 65536) AS position_range,
    count() AS events,
    toString(sum(bitShiftLeft(toUInt64(high), 32) + low)) AS digest
FROM tributary.log_event
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY position_range
ORDER BY position_range
LIMIT 10000000
