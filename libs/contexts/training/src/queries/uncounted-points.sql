-- Runs of which a point of a metric is corrected, or is of a withdrawn import. Each list is computed once, and not by each shard.
-- params: as_of Array(UInt64)
SELECT arrayJoin(arrayConcat(
    (
        SELECT groupUniqArray(substring(stream, length('run/') + 1))
        FROM tributary.log_correction
        WHERE type = 'training.metrics.recorded' AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    ),
    (
        SELECT groupUniqArray(toString(run_id))
        FROM tributary.training_metric
        WHERE _position IN
            (
                SELECT arrayJoin((
                    SELECT groupArray(corrected_position)
                    FROM tributary.log_correction
                    WHERE type = 'lineage.import.withdrawn' AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
                ))
            )
    )
))
