-- What a run consumed up to a step, by domain, slice, or slice and shard.
-- A later attempt replaces what earlier ones consumed from its first step on.
-- params: run_id String, step Nullable(UInt64), by String, as_of UInt64
WITH amount AS
(
    SELECT *
    FROM tributary.training_exposure
    WHERE run_id = {run_id:String}
        AND _position <= {as_of:UInt64}
        AND ({step:Nullable(UInt64)} IS NULL OR last_step <= {step:Nullable(UInt64)})
),
attempt AS
(
    SELECT attempt, min(first_step) AS first_step
    FROM amount
    GROUP BY attempt
),
later AS
(
    SELECT earlier.attempt AS attempt, min(attempt.first_step) AS first_step
    FROM attempt AS earlier
    CROSS JOIN attempt
    WHERE attempt.attempt > earlier.attempt
    GROUP BY earlier.attempt
)
SELECT
    if({by:String} = 'domain', domain, slice) AS slice_name,
    if({by:String} = 'shard', shard_id, '') AS shard,
    sum(amount.amount) AS amount,
    any(amount.unit) AS unit,
    uniqExact(amount.unit) AS units,
    arrayStringConcat(arraySort(groupUniqArray(amount.method)), ',') AS methods,
    max(amount.last_step) AS last_step,
    groupUniqArray(10000)(amount._position) AS evidence
FROM amount
LEFT JOIN later ON later.attempt = amount.attempt
WHERE later.attempt = 0 OR amount.first_step < later.first_step
GROUP BY slice_name, shard
ORDER BY amount DESC, slice_name, shard
LIMIT 100000
