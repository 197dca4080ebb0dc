-- The newest decision of a mixture, with its approval and its replacement.
-- params: mixture_id String, as_of Array(UInt64)
WITH plan AS
(
    SELECT *
    FROM tributary.mixture_plan
    WHERE mixture_id = {mixture_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY _position DESC
    LIMIT 1
),
verdict AS
(
    SELECT
        argMaxIf(actor, _position, verdict = 'approved') AS approved_by,
        argMaxIf(superseded_by, _position, verdict = 'superseded') AS superseded_by,
        groupArray(_position) AS positions
    FROM tributary.mixture_verdict
    WHERE mixture_id = {mixture_id:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND _position > (SELECT max(_position) FROM plan)
)
SELECT
    plan.mixture_id AS mixture_id,
    plan.experiment_id AS experiment_id,
    plan.unit AS unit,
    plan.displacement AS displacement,
    plan.parent_mixture_id AS parent_mixture_id,
    plan.rationale AS rationale,
    plan.decided_by AS decided_by,
    plan.flags AS flags,
    plan.name AS name,
    plan.snapshot_id AS snapshot_id,
    plan.citation AS citation,
    plan.taxonomy_version AS taxonomy_version,
    plan.missing AS missing,
    plan.alternatives AS alternatives,
    plan.constraints AS constraints,
    plan.predicted_effects AS predicted_effects,
    plan.predicted_estimands AS predicted_estimands,
    plan._position AS decision,
    toUnixTimestamp64Micro(plan.recorded_at) AS recorded_at,
    verdict.approved_by AS approved_by,
    verdict.superseded_by AS superseded_by,
    arraySort(arrayPushFront(verdict.positions, plan._position)) AS evidence
FROM plan
CROSS JOIN verdict
