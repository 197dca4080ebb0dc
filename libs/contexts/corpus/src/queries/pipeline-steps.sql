-- Steps of a corpus pipeline as last completed, in their order.
-- params: pipeline_id String, as_of Array(UInt64)
WITH newest AS
(
    SELECT *
    FROM tributary.corpus_step
    WHERE pipeline_id = {pipeline_id:String} AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    ORDER BY _position DESC
    LIMIT 1 BY step_id
)
SELECT
    step_id,
    place AS step_index,
    name,
    kind,
    tool,
    tool_version,
    inputs,
    outputs,
    documents_in,
    documents_in_method,
    documents_out,
    documents_out_method,
    bytes_out,
    bytes_out_method,
    tokens_out,
    tokens_out_method,
    dropped,
    config,
    seconds,
    redacted,
    _position AS evidence
FROM newest
ORDER BY place NULLS LAST, _position
LIMIT 100000
