-- The largest p value that was recorded for each hypothesis of a family.
-- params: family_id String, as_of Array(UInt64)
SELECT hypothesis, max(p_value) AS largest_p_value
FROM tributary.attribution_test
WHERE family_id = {family_id:String}
    AND p_value IS NOT NULL
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY hypothesis
ORDER BY hypothesis
LIMIT 1000000
