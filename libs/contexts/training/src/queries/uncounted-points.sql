-- Runs of which a point of a metric is corrected, or is of a withdrawn import.
-- params: as_of Array(UInt64)
SELECT substring(stream, length('run/') + 1)
FROM tributary.log_correction
WHERE type = 'training.metrics.recorded' AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})

UNION ALL

SELECT DISTINCT toString(run_id)
FROM tributary.training_metric
WHERE _position IN
    (
        SELECT corrected_position
        FROM tributary.log_correction
        WHERE type = 'lineage.import.withdrawn' AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    )
