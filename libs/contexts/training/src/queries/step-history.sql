-- The values of a column of steps in the segments of runs, in order of step and value, each once even if it was recorded
-- again, of the steps between two. Single precision is written as the shortest decimal that it is nearest to.
-- The bits of a number, flipped by its sign, sort as text in the order of the numbers. The first 16 digits of a key are its
-- step, so that a page reads no step before it.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), metric String, from_step UInt64, to_step UInt64, after String, first UInt32, as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/),
segment AS (/*segments.sql*/),
recorded_value AS
(
    SELECT
        recorded.step AS step,
        if({metric:String} = 'tokens', if(recorded.tokens > 0, toFloat64(recorded.tokens), nan),
        if({metric:String} = 'loss', toFloat64(toString(recorded.loss)),
        if({metric:String} = 'learningRate', toFloat64(toString(recorded.learning_rate)),
        if({metric:String} = 'gradNorm', toFloat64(toString(recorded.grad_norm)),
        if(mapContains(recorded.extra, {metric:String}), toFloat64(toString(recorded.extra[{metric:String}])), nan))))) AS value,
        recorded._position AS position
    FROM tributary.training_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded.step BETWEEN {from_step:UInt64} AND {to_step:UInt64}
        AND recorded.step >= reinterpretAsUInt64(reverse(unhex(substring({after:String}, 1, 16))))
        AND recorded.step < segment.end_step
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
        AND NOT isNaN(value)

    UNION ALL

    SELECT recorded.step AS step, recorded.value AS value, recorded._position AS position
    FROM tributary.training_nonfinite_step AS recorded
    INNER JOIN segment ON segment.run_id = recorded.run_id AND segment.attempt = recorded.attempt
    WHERE recorded.run_id IN {run_ids:Array(String)}
        AND recorded.metric = {metric:String}
        AND recorded.step BETWEEN {from_step:UInt64} AND {to_step:UInt64}
        AND recorded.step >= reinterpretAsUInt64(reverse(unhex(substring({after:String}, 1, 16))))
        AND recorded.step < segment.end_step
        AND tributaryIsAtOrBefore(recorded._position, {as_of:Array(UInt64)})
        AND recorded._position NOT IN corrected
)
SELECT
    concat(
        leftPad(hex(step), 16, '0'),
        leftPad(hex(if(bitShiftRight(value_bits, 63) = 1, bitNot(value_bits), bitXor(value_bits, 0x8000000000000000))), 16, '0')
    ) AS page_key,
    value,
    toFloat64(step) AS step_number,
    position
FROM
(
    SELECT step, value, reinterpretAsUInt64(any(recorded_value.value)) AS value_bits, min(recorded_value.position) AS position
    FROM recorded_value
    GROUP BY step, value
)
WHERE page_key > {after:String}
ORDER BY page_key
LIMIT {first:UInt32}
