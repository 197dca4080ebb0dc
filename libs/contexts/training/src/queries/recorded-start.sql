-- What the newest recorded start of a run says of what it was started with and on; of one attempt where that is given. Where
-- no start is recorded, what its plan says (attempt 0).
-- Empty text and NULL are what is not recorded.
-- params: run_id String, attempt Nullable(UInt32), as_of Array(UInt64)
SELECT
    started.attempt AS attempt,
    started._position AS position,
    started.config AS config,
    started.model AS model,
    started.parameters AS parameters,
    setting.architecture AS architecture,
    started.tokenizer AS tokenizer,
    started.seed_init AS seed_init,
    started.seed_data_order AS seed_data_order,
    started.token_budget AS token_budget,
    setting.hardware AS hardware,
    setting.code_repository AS code_repository,
    setting.code_revision AS code_revision,
    setting.code_digest AS code_digest,
    started.uri AS uri
FROM
(
    SELECT *
    FROM tributary.training_run
    WHERE run_id = {run_id:String}
        AND ({attempt:Nullable(UInt32)} IS NULL OR attempt = {attempt:Nullable(UInt32)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY attempt DESC, _position DESC
    LIMIT 1
) AS started
LEFT JOIN
(
    SELECT * FROM tributary.training_run_setting WHERE run_id = {run_id:String}
) AS setting ON setting._position = started._position
