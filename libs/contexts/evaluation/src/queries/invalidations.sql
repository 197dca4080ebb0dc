-- The newest invalidation of each measurement of a run: of one step, or of all where none is named.
-- params: as_of Array(UInt64)
SELECT run_id, capability, benchmark, metric, step, max(_position) AS position
FROM tributary.evaluation_invalidation
WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY run_id, capability, benchmark, metric, step
