-- Weights of the newest decision of a mixture, by phase and slice.
-- params: mixture_id String, as_of Array(UInt64)
SELECT phase, from_step, ends_at, slice, label, source, weight, share
FROM tributary.mixture_weight
WHERE mixture_id = {mixture_id:String}
    AND _position =
    (
        SELECT max(_position)
        FROM tributary.mixture_plan
        WHERE mixture_id = {mixture_id:String} AND _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)]
            AND _position NOT IN (SELECT corrected_position FROM tributary.log_correction WHERE _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)])
    )
ORDER BY from_step, phase, slice
LIMIT 100000
