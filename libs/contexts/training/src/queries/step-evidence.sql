-- Facts behind the steps that count of a run, between two: the first positions in the order of the log, and how many there are.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), from_step UInt64, to_step UInt64, first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
recorded AS
(
    SELECT DISTINCT step._position AS position
    FROM tributary.training_step AS step
    INNER JOIN segment ON segment.run_id = step.run_id AND segment.attempt = step.attempt
    WHERE step.run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(step._position, {as_of:Array(UInt64)})
        AND step._position NOT IN corrected
        AND step.step BETWEEN {from_step:UInt64} AND {to_step:UInt64}
        AND step.step < segment.end_step
)
SELECT
    (SELECT groupArray(position) FROM (SELECT position FROM recorded ORDER BY position LIMIT {first:UInt32})) AS evidence,
    (SELECT count() FROM recorded) AS evidence_total
