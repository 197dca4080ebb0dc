-- Facts behind what runs consumed: the first positions in the order of the log, how many there are, of how many only a part
-- counts, and the last step that counts.
-- params: run_ids Array(String), attempts Array(UInt32), ends Array(UInt64), first UInt32, as_of Array(UInt64)
WITH consumed AS (/*counted-exposure.sql*/),
fact AS
(
    SELECT _position AS position, max(consumed.prorated) AS prorated, max(consumed.counted_to) AS counted_to
    FROM consumed
    GROUP BY position
)
SELECT
    arraySlice(arraySort(groupArray(fact.position)), 1, {first:UInt32}) AS evidence,
    count() AS evidence_total,
    countIf(fact.prorated) AS prorated,
    max(fact.counted_to) AS last_step
FROM fact
