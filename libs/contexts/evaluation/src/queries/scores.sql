-- Scores that were not invalidated, the newest of each run, step and way of measuring: everything that makes a score another quantity.
-- params: run_ids Array(String), capability Nullable(String), benchmark Nullable(String), after String, first UInt32, as_of Array(UInt64)
WITH newest AS (/*newest-scores.sql*/),
invalidation AS (/*invalidations.sql*/)
SELECT *
FROM newest
WHERE page_key > {after:String}
    AND NOT arrayExists(
        withdrawn -> withdrawn.1 = (run_id, capability, benchmark, metric)
            AND (withdrawn.2 IS NULL OR withdrawn.2 = newest.step)
            AND withdrawn.3 > evidence,
        (SELECT groupArray(((run_id, capability, benchmark, metric), step, position)) FROM invalidation)
    )
ORDER BY page_key
LIMIT {first:UInt32}
