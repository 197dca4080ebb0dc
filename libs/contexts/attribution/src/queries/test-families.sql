-- Families of hypotheses with how many were tested and how often.
-- params: family_id Nullable(String), after String, first UInt32, as_of Array(UInt64)
SELECT
    family_id,
    count() AS test_count,
    uniqExact(hypothesis) AS hypothesis_count,
    min(p_value) AS smallest_p_value,
    min(_position) AS first_position,
    max(_position) AS last_position
FROM tributary.attribution_test
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND family_id > {after:String}
    AND ({family_id:Nullable(String)} IS NULL OR family_id = {family_id:Nullable(String)})
GROUP BY family_id
ORDER BY family_id
LIMIT {first:UInt32}
