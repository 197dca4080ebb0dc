-- What recorded facts name, in the order of ids, or by the time of the last or first fact that does. Filters that are absent
-- match everything; those by status and model match runs alone.
-- params: kinds Array(String), ids Array(String), contains String, neighbour Nullable(String), status Nullable(String), model Nullable(String), sort String, after String, first UInt32, as_of Array(UInt64)
WITH mention AS (/*entity-mentions.sql*/),
related AS
(
    SELECT target AS node
    FROM tributary.lineage_edge_by_source
    WHERE source = {neighbour:Nullable(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    UNION ALL
    SELECT source
    FROM tributary.lineage_edge_by_target
    WHERE target = {neighbour:Nullable(String)}
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
),
of_model AS
(
    SELECT run_id
    FROM tributary.training_run
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY run_id
    HAVING argMax(model, (attempt, _position)) = {model:Nullable(String)}
),
ending AS
(
    SELECT run_id, attempt, toString(argMax(status, _position)) AS end_status
    FROM tributary.training_run_end
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY run_id, attempt
),
beginning AS
(
    SELECT run_id, argMax(training_run.begun, (attempt, training_run.begun NOT IN ('unknown', 'planned'), _position)) AS begun
    FROM tributary.training_run
    WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)}) AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY run_id
),
entity AS
(
    SELECT
        entity_kind,
        id,
        argMax(name, (name != '', registered, _position, name)) AS given_name,
        max(registered) AS is_registered,
        maxIf(attempt, registered = 1) AS newest_start,
        if(newest_start > 0, newest_start, max(attempt)) AS newest_attempt,
        min(recorded_at) AS first_recorded,
        max(recorded_at) AS last_recorded
    FROM mention
    WHERE empty({ids:Array(String)}) OR id IN {ids:Array(String)}
    GROUP BY entity_kind, id
)
SELECT
    entity.entity_kind AS entity_kind,
    entity.id AS id,
    if(given_name = '', id, given_name) AS label,
    is_registered,
    toUnixTimestamp64Micro(first_recorded) AS first_time,
    toUnixTimestamp64Micro(last_recorded) AS last_time,
    multiIf(
        {sort:String} = 'newest', concat(leftPad(toString(9999999999999999 - ifNull(last_time, 0)), 16, '0'), id),
        {sort:String} = 'oldest', concat(leftPad(toString(ifNull(first_time, 9999999999999999)), 16, '0'), id),
        id
    ) AS page_key
FROM entity
LEFT JOIN beginning ON beginning.run_id = entity.id
LEFT JOIN ending ON ending.run_id = entity.id AND ending.attempt = entity.newest_attempt
WHERE page_key > {after:String}
    AND (positionCaseInsensitiveUTF8(id, {contains:String}) > 0 OR positionCaseInsensitiveUTF8(label, {contains:String}) > 0)
    AND ({neighbour:Nullable(String)} IS NULL OR concat(entity_kind, ':', id) IN related)
    AND ({model:Nullable(String)} IS NULL OR (entity_kind = 'run' AND id IN of_model))
    AND ({status:Nullable(String)} IS NULL
        OR (entity_kind = 'run'
            AND multiIf(
                end_status != '', end_status,
                begun = 'planned', if(newest_attempt > 0, 'unknown', 'planned'),
                newest_start > 0 AND begun != 'unknown', 'running',
                'unknown'
            ) = {status:Nullable(String)}))
ORDER BY page_key, entity_kind
LIMIT {first:UInt32}
