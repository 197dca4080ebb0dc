-- The metrics of runs, by name and by the facts that they come from: columns of steps, or points. How many values are
-- recorded of each, also by attempts that a later one supersedes, and between which steps and events. What was recorded
-- again counts again. No attempts mean all.
-- params: run_ids Array(String), attempts Array(UInt32), after String, first UInt32, as_of Array(UInt64)
WITH extent AS
(
    SELECT
        'steps' AS origin,
        name,
        '' AS method,
        value_count,
        nonfinite_count,
        toFloat64(first_step) AS first_step,
        toFloat64(last_step) AS last_step,
        first_position,
        last_position
    FROM (/*step-extents.sql*/)
    UNION ALL
    SELECT 'points', name, method, value_count, nonfinite_count, first_step, last_step, first_position, last_position
    FROM (/*point-extents.sql*/)
)
SELECT
    concat(hex(name), '.', origin) AS page_key,
    name,
    origin,
    arraySort(groupUniqArrayIf(method, method != '')) AS methods,
    sum(value_count) AS recorded_values,
    sum(nonfinite_count) AS nonfinite,
    if(min(extent.first_step) = inf, NULL, min(extent.first_step)) AS first_step,
    if(max(extent.last_step) = -inf, NULL, max(extent.last_step)) AS last_step,
    [min(first_position), max(last_position)] AS evidence
FROM extent
GROUP BY name, origin
HAVING page_key > {after:String}
ORDER BY page_key
LIMIT {first:UInt32}
