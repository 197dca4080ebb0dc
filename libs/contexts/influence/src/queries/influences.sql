-- Newest influence scores on the targets of a checkpoint, highest first; entries without a score come last.
-- The bits of a float, flipped by its sign, sort as text in the order of the scores.
-- params: checkpoint_id String, estimator Nullable(String), benchmark Nullable(String), item Nullable(String), after String, first UInt32, as_of Array(UInt64)
WITH newest AS
(
    SELECT *
    FROM tributary.influence_score
    WHERE checkpoint_id = {checkpoint_id:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND ({estimator:Nullable(String)} IS NULL OR estimator = {estimator:Nullable(String)})
        AND ({benchmark:Nullable(String)} IS NULL OR benchmark = {benchmark:Nullable(String)})
        AND ({item:Nullable(String)} IS NULL OR item = {item:Nullable(String)})
    ORDER BY _position DESC
    LIMIT 1 BY estimator, estimator_version, damping, capability, benchmark, item, level, ref
),
keyed AS
(
    SELECT
        *,
        reinterpretAsUInt64(toFloat64(ifNull(score, 0))) AS bits,
        if(bitShiftRight(bits, 63) = 1, bits, bitXor(bits, 0x7FFFFFFFFFFFFFFF)) AS descending,
        concat(
            if(score IS NULL, '~', leftPad(hex(descending), 16, '0')), '\t', estimator, '\t', estimator_version, '\t',
            ifNull(toString(damping), '~'), '\t', capability, '\t', benchmark, '\t', item, '\t', level, '\t', ref
        ) AS page_key
    FROM newest
)
SELECT
    page_key,
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
FROM keyed
WHERE page_key > {after:String}
ORDER BY page_key
LIMIT {first:UInt32}
