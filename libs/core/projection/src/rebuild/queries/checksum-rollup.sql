-- Rows of a rollup after merging its partial rows, and an order-independent checksum of them.
-- The name of another rollup replaces training_run_latest.
SELECT count() AS row_count, toString(sum(cityHash64(formatRow('RowBinary', *)))) AS checksum
FROM tributary.training_run_latest FINAL
