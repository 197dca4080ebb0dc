-- Weights of the newest decision of each mixture that plans shares of tokens, by phase and slice.
-- params: mixture_ids Array(String), as_of Array(UInt64)
SELECT mixture_id, phase, slice, weight
FROM tributary.mixture_weight
WHERE mixture_id IN {mixture_ids:Array(String)}
    AND (mixture_id, _position) IN
    (
        SELECT mixture_id, max(_position)
        FROM tributary.mixture_plan
        WHERE mixture_id IN {mixture_ids:Array(String)} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
            AND _position NOT IN (/*corrected-events.sql*/)
        GROUP BY mixture_id
        HAVING argMax(mixture_plan.unit, _position) = 'token_share'
    )
ORDER BY mixture_id, from_step, phase, slice
LIMIT 1000000
