-- Who decided mixtures and what became of them, as last decided.
-- params: ids Array(String), as_of Array(UInt64)
WITH plan AS
(
    SELECT mixture_id, max(_position) AS decided_at, argMax(decided_by, _position) AS decided_by, argMax(toString(unit), _position) AS unit
    FROM tributary.mixture_plan
    WHERE mixture_id IN {ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY mixture_id
),
verdict AS
(
    SELECT mixture_id, verdict, actor, superseded_by, _position
    FROM tributary.mixture_verdict
    WHERE mixture_id IN {ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
)
SELECT
    plan.mixture_id AS id,
    [
        ('decided by', any(plan.decided_by)),
        ('unit', any(plan.unit)),
        ('approved by', anyIf(verdict.actor, verdict.verdict = 'approved' AND verdict._position > plan.decided_at)),
        ('superseded by', anyIf(verdict.superseded_by, verdict.verdict = 'superseded' AND verdict._position > plan.decided_at))
    ] AS details
FROM plan
LEFT JOIN verdict ON verdict.mixture_id = plan.mixture_id
GROUP BY id
ORDER BY id
LIMIT 10000
