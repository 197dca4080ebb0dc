-- The facts behind the curve of the points of a metric of a run, of the steps between two, where they are given: the first
-- positions in the order of the log, and how many there are. And how many of these points are in no bucket of it, because
-- they have no step, or one below 0 or above 2^53 - 1. A point without a step is between no two steps.
-- params: run_id String, key String, from_step Nullable(Float64), to_step Nullable(Float64), first UInt32, as_of Array(UInt64)
WITH point AS
(
    SELECT
        step,
        time,
        value,
        _position AS position,
        step >= 0 AND step <= 9007199254740991 AS inside
    FROM tributary.training_metric
    WHERE run_id = {run_id:String}
        AND key = {key:String}
        AND ({from_step:Nullable(Float64)} IS NULL OR step >= {from_step:Nullable(Float64)})
        AND ({to_step:Nullable(Float64)} IS NULL OR step <= {to_step:Nullable(Float64)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
)
SELECT
    (
        SELECT groupArray(position)
        FROM (SELECT DISTINCT position FROM point WHERE inside ORDER BY position LIMIT {first:UInt32})
    ) AS evidence,
    (SELECT uniqExact(position) FROM point WHERE inside) AS evidence_total,
    (SELECT uniqExact(tuple(value, step, time)) FROM point WHERE NOT inside) AS outside
