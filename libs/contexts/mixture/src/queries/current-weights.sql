-- Weights of the newest decision of a mixture, by phase and slice.
-- params: mixture_id String, as_of Array(UInt64)
SELECT phase, from_step, ends_at, slice, label, source, weight, share
FROM tributary.mixture_weight
WHERE mixture_id = {mixture_id:String}
    AND _position =
    (
        SELECT max(_position)
        FROM tributary.mixture_plan
        WHERE mixture_id = {mixture_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
    )
ORDER BY from_step, phase, slice
LIMIT 100000
