-- The points of a metric of a run in order of time, step and value, each once even if it was sent again; of the steps
-- between two, where they are given, and then none without a step.
-- The bits of a number, flipped by its sign, sort as text in the order of the numbers; a missing time comes last.
-- params: run_id String, key String, from_step Nullable(Float64), to_step Nullable(Float64), after String, first UInt32, skip UInt32, as_of Array(UInt64)
WITH point AS
(
    SELECT
        training_metric.value AS value,
        training_metric.step AS step,
        training_metric.time AS time,
        reinterpretAsUInt64(training_metric.step) AS step_bits,
        reinterpretAsUInt64(training_metric.value) AS value_bits,
        min(_position) AS position
    FROM tributary.training_metric
    WHERE run_id = {run_id:String} AND key = {key:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND ({from_step:Nullable(Float64)} IS NULL OR training_metric.step >= {from_step:Nullable(Float64)})
        AND ({to_step:Nullable(Float64)} IS NULL OR training_metric.step <= {to_step:Nullable(Float64)})
    GROUP BY training_metric.value, training_metric.step, training_metric.time
)
SELECT
    concat(
        if(time IS NULL, '~', leftPad(hex(bitXor(reinterpretAsUInt64(ifNull(time, 0)), 0x8000000000000000)), 16, '0')),
        leftPad(hex(if(bitShiftRight(step_bits, 63) = 1, bitNot(step_bits), bitXor(step_bits, 0x8000000000000000))), 16, '0'),
        leftPad(hex(if(bitShiftRight(value_bits, 63) = 1, bitNot(value_bits), bitXor(value_bits, 0x8000000000000000))), 16, '0')
    ) AS page_key,
    value,
    if(isNaN(point.step), NULL, point.step) AS step,
    time,
    position
FROM point
WHERE page_key > {after:String}
ORDER BY page_key
LIMIT {first:UInt32} OFFSET {skip:UInt32}
