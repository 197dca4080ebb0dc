-- Every decision of mixtures, oldest first: its phases with their weights, and what it leaves out.
-- params: mixture_ids Array(String), as_of Array(UInt64)
WITH decided AS
(
    SELECT mixture_id, _position, toString(unit) AS unit, missing
    FROM tributary.mixture_plan
    WHERE mixture_id IN {mixture_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
weighted AS
(
    SELECT
        mixture_id,
        _position,
        toString(mixture_weight.phase) AS phase,
        from_step,
        ends_at,
        arraySort(groupArray((toString(slice), weight))) AS weights
    FROM tributary.mixture_weight
    WHERE mixture_id IN {mixture_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    GROUP BY mixture_id, _position, phase, from_step, ends_at
)
SELECT
    decided.mixture_id AS mixture_id,
    decided._position AS decision,
    decided.unit AS unit,
    decided.missing AS missing,
    weighted.phase AS phase,
    weighted.from_step AS from_step,
    weighted.ends_at AS ends_at,
    weighted.weights AS weights
FROM decided
INNER JOIN weighted ON weighted.mixture_id = decided.mixture_id AND weighted._position = decided._position
ORDER BY mixture_id, decision, from_step, phase
LIMIT 100001
