-- Positions of the events of imports that are withdrawn by then: what those added to the log, unless an import that stands
-- states it as well. A withdrawal takes what its import had named when it was recorded: the facts of an import are of one
-- stream, so their positions say what came first. Along the positions, what a withdrawn part added weighs -1, and what a
-- standing one states a million: where the sum is negative, no part that stands states the events.
-- params: as_of Array(UInt64)
SELECT arrayJoin(arrayFlatten(arrayMap(
    (bound, next, sum) -> range(bound.1, if(sum < 0, next.1, bound.1)),
    bounds, arraySlice(arrayPushBack(bounds, (0, 0)), 2), arrayCumSum(bounds.2)
))) AS withdrawn_position
FROM
(
    SELECT arraySort(groupArrayArray(part_bounds)) AS bounds
    FROM
    (
        SELECT
            part._position <= withdrawal.last_position AS is_withdrawn,
            if(is_withdrawn, -1, 1000000) AS weight,
            arrayFlatten(arrayMap(
                one -> [(one.first, toInt64(weight)), (one.last + 1, toInt64(-weight))],
                if(is_withdrawn, part.stored, arrayConcat(part.stored, part.repeated))
            )) AS part_bounds
        FROM tributary.log_import_part AS part
        LEFT JOIN
        (
            SELECT import_id, began, max(_position) AS last_position
            FROM tributary.log_import_withdrawal
            WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            GROUP BY import_id, began
        ) AS withdrawal ON withdrawal.import_id = part.import_id AND withdrawal.began = part.began
        WHERE tributaryIsAtOrBefore(part._position, {as_of:Array(UInt64)})
    )
)
