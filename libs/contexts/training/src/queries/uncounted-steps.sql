-- The first of the events that do not count, because an event of the run or a withdrawal of an import replaces them: steps of
-- later buckets may not count. A withdrawal does not say of which run an event is, so that each concerns all.
-- params: run_ids Array(String), as_of Array(UInt64)
SELECT arrayJoin({run_ids:Array(String)}) AS run_id, min(corrected_position) AS first_position
FROM tributary.log_correction
WHERE (stream IN (SELECT concat('run/', arrayJoin({run_ids:Array(String)}))) OR type = 'lineage.import.withdrawn')
    AND corrected_position > 0
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
GROUP BY run_id
