-- Newest influence scores on the targets of a checkpoint, highest first; what has no score comes last.
-- params: checkpoint_id String, estimator Nullable(String), benchmark Nullable(String), item Nullable(String), skip UInt64, first UInt32, as_of Array(UInt64)
WITH newest AS
(
    SELECT *
    FROM tributary.influence_score
    WHERE checkpoint_id = {checkpoint_id:String}
        AND _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)]
        AND _position NOT IN (SELECT corrected_position FROM tributary.log_correction WHERE _position <= {as_of:Array(UInt64)}[1 + bitShiftRight(_position, 40)])
        AND ({estimator:Nullable(String)} IS NULL OR estimator = {estimator:Nullable(String)})
        AND ({benchmark:Nullable(String)} IS NULL OR benchmark = {benchmark:Nullable(String)})
        AND ({item:Nullable(String)} IS NULL OR item = {item:Nullable(String)})
    ORDER BY _position DESC
    LIMIT 1 BY estimator, estimator_version, damping, capability, benchmark, item, level, ref
)
SELECT
    run_id,
    estimator,
    estimator_version,
    damping,
    capability,
    benchmark,
    item,
    level,
    ref,
    score,
    validity_measure,
    validity,
    validity_subsets,
    _position AS evidence
FROM newest
ORDER BY score DESC NULLS LAST, estimator, estimator_version, damping, capability, benchmark, item, level, ref
LIMIT {first:UInt32} OFFSET {skip:UInt64}
