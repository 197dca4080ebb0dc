-- Other hypotheses that were tested in a family after a position of the log and before an event of the family.
-- params: family_id String, own Array(String), since Array(UInt64), before UInt64
SELECT count(DISTINCT hypothesis) AS hypotheses
FROM tributary.attribution_test
WHERE family_id = {family_id:String}
    AND p_value IS NOT NULL
    AND hypothesis NOT IN {own:Array(String)}
    AND NOT tributaryIsAtOrBefore(_position, {since:Array(UInt64)})
    AND _position < {before:UInt64}
