-- Recorded answers with the id that they are cited by: SHA-256 of question, estimators, input position and result.
-- params: as_of Array(UInt64)
SELECT
    lower(hex(SHA256(concat(question_id, '\n', estimator, '\n', estimator_version, '\n', input_position, '\n', result_digest)))) AS answer_id,
    question_id,
    toString(estimator) AS estimator,
    toString(estimator_version) AS estimator_version,
    input_position,
    result_digest,
    _position AS position
FROM tributary.attribution_answer
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
ORDER BY position
LIMIT 1 BY answer_id
