-- What runs were trained with, as their newest attempt records it; a plan (attempt 0) says what was to be. Empty text and NULL are what is not recorded.
-- `designs` is the number of different arms and mixtures that the attempts name, and `ended_tokens` what their end reports;
-- it covers the whole run only where there is one attempt, which continues nothing.
-- params: run_ids Array(String), as_of Array(UInt64)
WITH corrected AS (/*corrected-events.sql*/)
SELECT
    started.run_id AS run_id,
    started.newest.1 AS model,
    started.newest.2 AS parameters,
    setting.newest.1 AS architecture,
    started.newest.3 AS tokenizer,
    setting.newest.2 AS hardware,
    setting.newest.3 AS code_repository,
    setting.newest.4 AS code_revision,
    setting.newest.5 AS code_digest,
    started.newest.4 AS snapshot_id,
    started.newest.5 AS parent_checkpoint_id,
    started.newest.6 AS forked_run_id,
    started.newest.7 AS forked_step,
    started.newest.8 AS token_budget,
    started.newest.9 AS config,
    started.newest.10 AS seed_init,
    started.newest.11 AS seed_data_order,
    started.designs AS designs,
    started.attempts AS attempts,
    ending.tokens AS ended_tokens
FROM
(
    SELECT
        run_id,
        argMax(tuple(
            model, parameters, tokenizer, snapshot_id, parent_checkpoint_id, forked_run_id, forked_step, token_budget, config,
            seed_init, seed_data_order
        ), (attempt, _position)) AS newest,
        uniqExact((experiment_id, arm, mixture_id)) AS designs,
        uniqExact(attempt) AS attempts
    FROM tributary.training_run
    WHERE run_id IN {run_ids:Array(String)}
        AND attempt > 0
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    GROUP BY run_id
) AS started
LEFT JOIN
(
    SELECT
        run_id,
        argMax(tuple(architecture, hardware, code_repository, code_revision, code_digest), (attempt, _position)) AS newest
    FROM tributary.training_run_setting
    WHERE run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    GROUP BY run_id
) AS setting ON setting.run_id = started.run_id
LEFT JOIN
(
    SELECT run_id, argMax(tuple(tokens), (attempt, _position)).1 AS tokens
    FROM tributary.training_run_end
    WHERE run_id IN {run_ids:Array(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN corrected
    GROUP BY run_id
) AS ending ON ending.run_id = started.run_id
ORDER BY run_id
LIMIT 100000
