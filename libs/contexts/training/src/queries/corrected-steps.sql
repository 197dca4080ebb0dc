-- The first of the events of runs that are corrected: steps of later buckets may not count.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT substring(stream, 5) AS run_id, min(corrected_position) AS first_position
FROM tributary.log_correction
WHERE stream IN (SELECT concat('run/', arrayJoin({run_ids:Array(String)})))
    AND corrected_position > 0
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY run_id
