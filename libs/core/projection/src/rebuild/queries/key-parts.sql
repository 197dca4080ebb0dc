-- Rows of a rollup and an order-independent checksum of them, by the first 12 bits of the hashes of their keys.
-- The name and the key of another rollup replace those of training_run_latest.
-- params: none
SELECT
    bitShiftRight(cityHash64(run_id, attempt), 52) AS row_part,
    count() AS row_count,
    toString(sum(cityHash64(formatRow('RowBinary', *)))) AS checksum
FROM tributary.training_run_latest FINAL
GROUP BY row_part
ORDER BY row_part
LIMIT 4096
