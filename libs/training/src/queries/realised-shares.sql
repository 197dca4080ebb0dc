-- What runs consumed in all, by run and slice. A later attempt replaces what earlier ones consumed from its first step on.
-- params: run_ids Array(String), as_of UInt64
WITH amount AS
(
    SELECT *
    FROM tributary.training_exposure
    WHERE run_id IN {run_ids:Array(String)} AND _position <= {as_of:UInt64}
),
attempt AS
(
    SELECT run_id, attempt, min(first_step) AS first_step
    FROM amount
    GROUP BY run_id, attempt
),
later AS
(
    SELECT earlier.run_id AS run_id, earlier.attempt AS attempt, min(attempt.first_step) AS first_step
    FROM attempt AS earlier
    INNER JOIN attempt ON attempt.run_id = earlier.run_id
    WHERE attempt.attempt > earlier.attempt
    GROUP BY earlier.run_id, earlier.attempt
)
SELECT
    amount.run_id AS run_id,
    amount.slice AS slice,
    sum(amount.amount) AS amount,
    any(amount.unit) AS unit,
    arrayStringConcat(arraySort(groupUniqArray(amount.method)), ',') AS methods,
    arraySort(groupUniqArray(10000)(amount._position)) AS evidence
FROM amount
LEFT JOIN later ON later.run_id = amount.run_id AND later.attempt = amount.attempt
WHERE later.attempt = 0 OR amount.first_step < later.first_step
GROUP BY run_id, slice
ORDER BY run_id, slice
LIMIT 1000000
