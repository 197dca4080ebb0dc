-- Entities of some kinds, or of all, of which a recorded text contains another text, whatever its case: the id, a name, an
-- address, a digest, a model, a version, a licence, a parameter, a tag or a configuration. Best first: the whole text, its
-- beginning, then any part; within these an id before a name and a name before anything else. `why` is the field that
-- matched best, with the part of it around the match, and a fact that states it.
-- params: kinds Array(String), text String, after String, first UInt32, as_of Array(UInt64)
WITH mention AS
(
    SELECT * FROM (/*entity-mentions.sql*/)
    UNION ALL
    SELECT * FROM (/*run-mentions.sql*/)
),
field AS
(
    SELECT entity_kind, id, arrayJoin([(1, 'id', id), (2, 'name', name)]) AS recorded, _position FROM mention
    UNION ALL
    SELECT
        'shard',
        shard_id,
        arrayJoin([(3, 'address', uri), (4, 'digest', if(digest = '', '', concat(digest_algorithm, ':', digest))), (5, 'licence', toString(licence))]),
        _position
    FROM tributary.corpus_shard
    UNION ALL
    SELECT
        'snapshot',
        snapshot_id,
        arrayJoin([
            (3, 'address', uri), (4, 'digest', if(digest = '', '', concat(digest_algorithm, ':', digest))),
            (5, 'licence', toString(licence)), (5, 'version', version), (6, 'description', description), (7, 'config', config)
        ]),
        _position
    FROM tributary.corpus_snapshot
    UNION ALL
    SELECT
        'checkpoint',
        checkpoint_id,
        arrayJoin([(3, 'address', uri), (4, 'digest', if(sha256 = '', '', concat('sha256:', sha256)))]),
        _position
    FROM tributary.training_checkpoint
    UNION ALL
    SELECT 'step', concat(pipeline_id, '/', step_id), arrayJoin([(5, 'tool', toString(tool)), (7, 'config', config)]), _position
    FROM tributary.corpus_step
    UNION ALL
    SELECT 'mixture', mixture_id, (6, 'rationale', rationale), _position FROM tributary.mixture_plan
    UNION ALL
    SELECT 'question', question_id, (6, 'question', question), _position FROM tributary.attribution_question
    UNION ALL
    SELECT 'run', run_id, arrayJoin([(5, 'model', toString(model)), (7, 'config', config)]), _position FROM tributary.training_run
    UNION ALL
    SELECT 'run', owner_id, (6, 'parameter', concat(key, ' = ', value)), _position FROM tributary.training_param WHERE owner_kind = 'run'
    UNION ALL
    SELECT toString(owner_kind), owner_id, (6, 'tag', concat(key, ' = ', value)), _position
    FROM tributary.training_tag
    WHERE owner_kind IN ('run', 'project')
),
matched AS
(
    SELECT
        entity_kind,
        id,
        recorded.1 AS rank,
        recorded.2 AS name,
        recorded.3 AS value,
        _position,
        positionCaseInsensitiveUTF8(value, {text:String}) AS start,
        lengthUTF8({text:String}) AS length,
        multiIf(start = 1 AND lengthUTF8(value) = length, 0, start = 1, 1, 2) AS fit,
        concat(
            if(start > 41, '…', ''),
            substringUTF8(value, greatest(1, start - 40), least(length, 200) + 80),
            if(lengthUTF8(value) >= greatest(1, start - 40) + least(length, 200) + 80, '…', '')
        ) AS excerpt
    FROM field
    WHERE start > 0
        AND (empty({kinds:Array(String)}) OR entity_kind IN {kinds:Array(String)})
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
),
best AS
(
    SELECT entity_kind, id, min((fit, rank, name, excerpt, _position)) AS why
    FROM matched
    GROUP BY entity_kind, id
)
SELECT
    entity_kind,
    id,
    why.3 AS field,
    why.4 AS excerpt,
    ['whole', 'beginning', 'part'][why.1 + 1] AS fit,
    why.5 AS position,
    concat(toString(why.1), toString(why.2), entity_kind, ':', id) AS page_key
FROM best
WHERE page_key > {after:String}
ORDER BY page_key
LIMIT {first:UInt32}
