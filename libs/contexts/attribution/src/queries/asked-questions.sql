-- Questions in the order in which they were first asked, with how often each was answered.
-- params: question_id Nullable(String), after UInt64, first UInt32, as_of Array(UInt64)
WITH page AS
(
    SELECT
        question_id,
        argMin(question, _position) AS question,
        argMin(asked_by, _position) AS asked_by,
        argMin(registered, _position) AS registered,
        min(_position) AS evidence
    FROM tributary.attribution_question
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND ({question_id:Nullable(String)} IS NULL OR question_id = {question_id:Nullable(String)})
    GROUP BY question_id
    HAVING evidence > {after:UInt64}
    ORDER BY evidence
    LIMIT {first:UInt32}
),
answer AS
(
    SELECT question_id, count() AS answer_count
    FROM tributary.attribution_answer
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND question_id IN (SELECT question_id FROM page)
    GROUP BY question_id
)
SELECT
    page.question_id AS question_id,
    page.question AS question,
    page.asked_by AS asked_by,
    page.registered AS registered,
    answer.answer_count AS answer_count,
    page.evidence AS evidence
FROM page
LEFT JOIN answer ON answer.question_id = page.question_id
ORDER BY evidence
