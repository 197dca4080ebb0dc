-- The facts behind the points of a metric of runs between two steps: the first positions in the order of the log, and how
-- many there are. And how many points are in no bucket of steps, because they have no step or one below 0.
-- params: run_ids Array(String), key String, from_step UInt64, to_step UInt64, first UInt32, as_of Array(UInt64)
WITH point AS
(
    SELECT
        step,
        time,
        value,
        _position AS position,
        step >= {from_step:UInt64} AND step <= {to_step:UInt64} AS inside
    FROM tributary.training_metric
    WHERE run_id IN {run_ids:Array(String)}
        AND key = {key:String}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
)
SELECT
    (
        SELECT groupArray(position)
        FROM (SELECT DISTINCT position FROM point WHERE inside ORDER BY position LIMIT {first:UInt32})
    ) AS evidence,
    (SELECT uniqExact(position) FROM point WHERE inside) AS evidence_total,
    (SELECT uniqExact(tuple(value, step, time)) FROM point WHERE isNaN(step) OR step < 0) AS outside
