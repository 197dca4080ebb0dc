-- Positions of the events of imports that are withdrawn by then: what those added to the log, unless an import that stands
-- states it as well. Along the positions, what a withdrawn import added weighs -1, and what a standing one repeats a million:
-- where the sum is negative, no import that stands states the events.
-- params: as_of Array(UInt64)
SELECT arrayJoin(arrayFlatten(arrayMap(
    (bound, next, sum) -> if(sum < 0, range(bound.1, next.1), []),
    bounds, arraySlice(arrayPushBack(bounds, (0, 0)), 2), arrayCumSum(bounds.2)
))) AS withdrawn_position
FROM
(
    SELECT arraySort(groupArrayArray(part_bounds)) AS bounds
    FROM
    (
        SELECT
            import_id IN
            (
                SELECT import_id
                FROM tributary.log_import_withdrawal
                WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            ) AS is_withdrawn,
            if(is_withdrawn, -1, 1000000) AS weight,
            arrayFlatten(arrayMap(
                one -> [(one.first, toInt64(weight)), (one.last + 1, toInt64(-weight))], if(is_withdrawn, stored, repeated)
            )) AS part_bounds
        FROM tributary.log_import_part
        WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    )
)
