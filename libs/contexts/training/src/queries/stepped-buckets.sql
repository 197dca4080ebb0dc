-- The buckets of 4,096 steps that attempts recorded. All of a bucket counts if its facts were recorded by the position and before the
-- first of the run that is corrected; of the others the steps have to be read.
-- params: run_ids Array(String), attempts Array(UInt32), as_of Array(UInt64)
SELECT
    stepped.run_id AS run_id,
    stepped.attempt AS attempt,
    stepped.bucket AS bucket,
    tributaryIsAtOrBefore(stepped.last_position, {as_of:Array(UInt64)})
        AND (corrected_steps.run_id = '' OR stepped.last_position < corrected_steps.first_position) AS counts
FROM
(
    SELECT toString(run_id) AS run_id, attempt, bucket, max(last_position) AS last_position
    FROM tributary.training_step_per_4096
    WHERE run_id IN {run_ids:Array(String)} AND attempt IN {attempts:Array(UInt32)}
    GROUP BY run_id, attempt, bucket
) AS stepped
LEFT JOIN (/*corrected-steps.sql*/) AS corrected_steps ON corrected_steps.run_id = stepped.run_id
