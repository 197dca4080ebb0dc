-- Recorded answers whose id begins with a text, of some questions or of all, in the order of the log.
-- params: prefix String, experiment_id Nullable(String), question_ids Array(String), after UInt64, first UInt32, as_of Array(UInt64)
WITH cited AS (/*cited-answers.sql*/),
asked AS
(
    SELECT question_id, argMin(question, _position) AS question
    FROM tributary.attribution_question
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    GROUP BY question_id
)
SELECT
    cited.answer_id AS answer_id,
    cited.question_id AS question_id,
    asked.question AS question,
    cited.estimator AS estimator,
    cited.estimator_version AS estimator_version,
    cited.input_position AS input_position,
    cited.result_digest AS result_digest,
    cited.position AS evidence
FROM cited
LEFT JOIN asked ON asked.question_id = cited.question_id
WHERE startsWith(cited.answer_id, {prefix:String})
    AND cited.position > {after:UInt64}
    AND (empty({question_ids:Array(String)}) OR cited.question_id IN {question_ids:Array(String)})
    AND ({experiment_id:Nullable(String)} IS NULL OR JSONExtractString(asked.question, 'experiment') = {experiment_id:Nullable(String)})
ORDER BY cited.position
LIMIT {first:UInt32}
