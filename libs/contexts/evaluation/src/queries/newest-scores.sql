-- Scores, the newest of each run, step and way of measuring: everything that makes a score another quantity.
-- params: run_ids Array(String), capability Nullable(String), benchmark Nullable(String), as_of Array(UInt64)
SELECT
    concat(
        run_id, '\t', capability, '\t', benchmark, '\t', metric, '\t',
        if(at_step IS NULL, '~', leftPad(toString(at_step), 20, '0')), '\t',
        if(shots IS NULL, '~', leftPad(toString(shots), 10, '0')), '\t',
        filter, '\t', leftPad(toString(position), 20, '0')
    ) AS page_key,
    run_id,
    capability,
    benchmark,
    metric,
    checkpoint_id,
    at_step AS step,
    split,
    metric_version,
    shots,
    filter,
    task_version,
    prompt_digest,
    item_limit,
    score.1 AS value,
    score.2 AS stderr,
    score.3 AS items,
    unit,
    higher_is_better,
    trimRight(concat(harness, ' ', harness_version)) AS harness,
    method,
    task_hash,
    precision,
    score.4 AS model_ref,
    score.5 AS evaluated_at,
    score.6 AS tokens,
    score.7 AS random_baseline,
    position AS evidence
FROM
(
    SELECT
        run_id,
        capability,
        benchmark,
        metric,
        checkpoint_id,
        if(has_step, step, NULL) AS at_step,
        split,
        metric_version,
        shots,
        filter,
        task_version,
        prompt_digest,
        item_limit,
        harness,
        harness_version,
        unit,
        higher_is_better,
        method,
        task_hash,
        precision,
        max(_position) AS position,
        argMax(tuple(value, stderr, items, model_ref, evaluated_at, tokens, random_baseline), _position) AS score
    FROM tributary.evaluation_score
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
        AND (empty({run_ids:Array(String)}) OR run_id IN {run_ids:Array(String)})
        AND ({capability:Nullable(String)} IS NULL OR capability = {capability:Nullable(String)})
        AND ({benchmark:Nullable(String)} IS NULL OR benchmark = {benchmark:Nullable(String)})
    GROUP BY run_id, capability, benchmark, metric, checkpoint_id, at_step, split, metric_version, shots, filter, task_version, prompt_digest, item_limit, harness, harness_version, unit, higher_is_better, method, task_hash, precision
)
