-- Effects that recorded answers hold on some capabilities, with what identifies them and without their values.
-- params: capabilities Array(String), as_of Array(UInt64)
WITH cited AS (/*cited-answers.sql*/),
asked AS
(
    SELECT question_id, argMin(question, _position) AS question
    FROM tributary.attribution_question
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    GROUP BY question_id
),
held AS
(
    SELECT
        _position,
        JSONExtractString(result, 'experiment') AS experiment_id,
        arrayJoin(JSONExtractArrayRaw(result, 'effects')) AS effect
    FROM tributary.attribution_answer
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
)
SELECT
    cited.answer_id AS answer_id,
    cited.input_position AS input_position,
    asked.question AS question,
    held.experiment_id AS experiment_id,
    JSONExtractString(held.effect, 'estimand', 'slice') AS slice,
    JSONExtractString(held.effect, 'estimand', 'capability') AS capability,
    JSONExtractString(held.effect, 'estimand', 'kind') AS estimand,
    JSONExtractString(held.effect, 'displacement') AS displacement,
    JSONExtractString(held.effect, 'estimator', 'id') AS estimator,
    cited.position AS evidence
FROM held
INNER JOIN cited ON cited.position = held._position
LEFT JOIN asked ON asked.question_id = cited.question_id
WHERE capability IN {capabilities:Array(String)}
ORDER BY evidence, experiment_id, slice, capability, estimator, estimand
LIMIT 100001
