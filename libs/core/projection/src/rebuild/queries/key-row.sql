-- The merged row of a rollup at a key.
-- The name, the key and the partial column of another rollup replace those of training_run_latest.
-- params: key String
SELECT
    toString(cityHash64(formatRow('RowBinary', *))) AS row_hash,
    formatRow('JSONEachRow', * REPLACE (finalizeAggregation(loss) AS loss)) AS row_text
FROM tributary.training_run_latest FINAL
WHERE formatRow('JSONEachRow', run_id, attempt) = {key:String}
LIMIT 1
