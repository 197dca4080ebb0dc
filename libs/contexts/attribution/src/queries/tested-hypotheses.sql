-- Hypotheses of a family in the order in which they were first tested, each with the largest p value that was recorded for it.
-- params: family_id String, as_of Array(UInt64)
SELECT
    hypothesis,
    max(p_value) AS largest_p_value,
    argMin(question_id, _position) AS first_question,
    argMin(input_position, _position) AS first_input,
    min(_position) AS first_position
FROM tributary.attribution_test
WHERE family_id = {family_id:String}
    AND p_value IS NOT NULL
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY hypothesis
ORDER BY first_position
LIMIT 1000000
