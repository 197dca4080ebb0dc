-- Positions of the events that do not count by then, because a later event replaces them. An event and all that correct
-- it, themselves or by correcting a correction, are versions of one record (`root`), of which the last recorded counts.
-- A correction that names no event of its type and stream (position 0) replaces nothing.
-- A correction that is corrected itself is a link: from the newest link to the oldest, what corrects it gets its root.
-- params: as_of Array(UInt64)
SELECT arrayJoin(arrayPushFront(arrayPopBack(arraySort(groupArray(version.1))), version.2 AS root)) AS corrected_position
FROM
(
    SELECT arrayJoin(arrayZip(
        corrections.1,
        arrayFold(
            (roots, link) -> arrayMap(root -> if(root = link.1, link.2, root), roots),
            arrayReverse(arrayFilter(correction -> has(links, correction.1), corrections)),
            corrections.2
        )
    )) AS version
    FROM
    (
        SELECT
            arraySort(groupUniqArray(tuple(_position, corrected_position))) AS corrections,
            arrayIntersect(corrections.1, corrections.2) AS links
        FROM tributary.log_correction
        WHERE corrected_position > 0 AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        GROUP BY stream
    )
)
GROUP BY root
