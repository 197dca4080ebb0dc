-- Runs of which a point of a metric is corrected.
-- params: as_of Array(UInt64)
SELECT substring(stream, length('run/') + 1)
FROM tributary.log_correction
WHERE type = 'training.metrics.recorded' AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
