-- Every test of a family of hypotheses, oldest first.
-- params: family_id String, after UInt64, first UInt32, as_of Array(UInt64)
SELECT
    family_id,
    hypothesis,
    question_id,
    estimator,
    estimator_version,
    statistic,
    p_value,
    input_position,
    _position AS evidence
FROM tributary.attribution_test
WHERE family_id = {family_id:String}
    AND _position > {after:UInt64}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
ORDER BY _position
LIMIT {first:UInt32}
