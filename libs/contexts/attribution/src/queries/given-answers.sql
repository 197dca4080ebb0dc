-- Every answer that a question was given, oldest first.
-- params: question_id String, after UInt64, first UInt32, as_of Array(UInt64)
SELECT
    question_id,
    estimator,
    estimator_version,
    input_position,
    result,
    result_digest,
    answer.evidence AS evidence_positions,
    _position AS evidence
FROM tributary.attribution_answer AS answer
WHERE question_id = {question_id:String}
    AND _position > {after:UInt64}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
ORDER BY _position
LIMIT {first:UInt32}
