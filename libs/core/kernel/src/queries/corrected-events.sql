-- Positions of the events that do not count by then, because a later event replaces them. An event and all that correct
-- it, themselves or by correcting a correction, are versions of one record, that of the first of them (`root`). The last
-- recorded counts, so each version replaces the one before it. A correction that names no event of its type and stream
-- (position 0) replaces nothing.
-- Pairs of root and version are made of what each corrects. Where that is a correction itself, its own root takes its
-- place, in rounds that each double how far a chain was followed: among entries that are sorted by position, the one with
-- version 0 says the root of that position (`above`), and those after it are the versions that name it.
-- The engine computes a scalar subquery once, however often a query includes it, and plans the expressions once.
-- params: as_of Array(UInt64)
SELECT arrayJoin((
    SELECT groupArray(corrected_position)
    FROM
    (
        SELECT arrayJoin(arrayMap(
            (own, before) -> if(before.1 = own.1, before.2, own.1), versions, arrayPushFront(arrayPopBack(versions), (0, 0))
        )) AS corrected_position
        FROM
        (
            SELECT
                groupUniqArray(tuple(corrected_position, _position)) AS corrections,
                arraySort(arrayFold(
                    (versions, round) -> arrayFilter(version -> version.2 > 0, arrayMap(
                        (own, above) -> (if(above.1 = own.1, above.3, own.1), own.2),
                        arraySort(arrayConcat(
                            arrayZip(versions.2, arrayWithConstant(length(versions), 0), versions.1),
                            arrayZip(versions.1, versions.2, versions.1)
                        )) AS entries,
                        arrayFill(entry -> entry.2 = 0, entries)
                    )),
                    range(toUInt8(log2(1 + 2 * length(arrayIntersect(corrections.1, corrections.2))))),
                    corrections
                )) AS versions
            FROM tributary.log_correction
            WHERE corrected_position > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            GROUP BY stream
        )
    )
)) AS corrected_position
