-- Steps that count of which the loss is far above the steps before it, or was recorded as not finite, in their order.
-- The median and the quartiles of up to 128 steps before a step say what was usual; the spread is the distance of the
-- quartiles over 1.349, which is the standard deviation of normal values, and at least a thousandth of the median.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), at_least UInt64, threshold Float64, first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
counted AS
(
    SELECT recorded.step AS step, max(recorded.loss) AS value
    FROM tributary.training_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND recorded.step < segment.end_step
        AND isFinite(recorded.loss)
    GROUP BY step
),
compared AS
(
    SELECT
        step,
        toFloat64(value) AS loss,
        count() OVER earlier AS before,
        quantilesExact(0.25, 0.5, 0.75)(loss) OVER earlier AS quartiles,
        greatest((quartiles[3] - quartiles[1]) / 1.349, abs(quartiles[2]) / 1000) AS spread
    FROM counted
    WINDOW earlier AS (ORDER BY step ASC ROWS BETWEEN 128 PRECEDING AND 1 PRECEDING)
),
unusual AS
(
    SELECT step, loss, quartiles[2] AS usual, (loss - usual) / spread AS spreads
    FROM compared
    WHERE before >= {at_least:UInt64} AND spread > 0 AND spreads > {threshold:Float64}

    UNION ALL

    SELECT recorded.step AS step, NULL AS loss, NULL AS usual, NULL AS spreads
    FROM tributary.training_nonfinite_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded.metric = 'loss'
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND recorded.step < segment.end_step
)
SELECT step, min(unusual.loss) AS loss, min(unusual.usual) AS usual, min(unusual.spreads) AS spreads
FROM unusual
GROUP BY step
ORDER BY step
LIMIT {first:UInt32}
