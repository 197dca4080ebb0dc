-- Weights of the newest decision of a mixture, by phase and slice.
-- params: mixture_id String, as_of UInt64
SELECT phase, from_step, slice, weight, share
FROM tributary.mixture_weight
WHERE mixture_id = {mixture_id:String}
    AND _position =
    (
        SELECT max(_position)
        FROM tributary.mixture_plan
        WHERE mixture_id = {mixture_id:String} AND _position <= {as_of:UInt64}
    )
ORDER BY from_step, phase, slice
LIMIT 100000
