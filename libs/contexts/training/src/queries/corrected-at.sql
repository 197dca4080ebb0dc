-- Which event each of the events at the positions corrects, of those that correct one.
-- params: positions Array(UInt64), as_of Array(UInt64)
SELECT correction._position AS position, max(correction.corrected_position) AS corrected_position
FROM tributary.log_correction AS correction
WHERE correction.corrected_position > 0
    AND correction._position IN {positions:Array(UInt64)}
    AND tributaryIsAtOrBefore(correction._position, {as_of:Array(UInt64)})
GROUP BY position
LIMIT 10000
