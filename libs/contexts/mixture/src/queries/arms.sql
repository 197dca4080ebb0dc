-- Arms of one experiment, or of all of them, as last assigned.
-- params: experiment_id Nullable(String), as_of Array(UInt64)
SELECT
    experiment_id,
    arm,
    argMax(mixture_id, _position) AS mixture_id,
    argMax(design, _position) AS design,
    argMax(assignment, _position) AS assignment,
    argMax(randomisation_method, _position) AS randomisation_method,
    argMax(randomisation_seed, _position) AS randomisation_seed,
    argMax(control, _position) AS control,
    argMax(role, _position) AS role,
    argMax(displacement, _position) AS displacement,
    arrayConcat(
        if(uniqExact(mixture_arm.mixture_id) > 1, ['mixture'], []),
        if(uniqExact(mixture_arm.design) > 1, ['design'], []),
        if(uniqExact((mixture_arm.assignment, mixture_arm.randomisation_method, mixture_arm.randomisation_seed)) > 1, ['assignment'], []),
        if(uniqExact(mixture_arm.control) > 1, ['control'], []),
        if(uniqExact(mixture_arm.role) > 1, ['role'], [])
    ) AS contradictory,
    max(_position) AS evidence
FROM tributary.mixture_arm
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
    AND ({experiment_id:Nullable(String)} IS NULL OR experiment_id = {experiment_id:Nullable(String)})
GROUP BY experiment_id, arm
ORDER BY experiment_id, arm
LIMIT 100000
