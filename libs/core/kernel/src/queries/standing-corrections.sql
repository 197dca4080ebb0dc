-- What the table of corrections holds in a log of which imports were withdrawn by then. Corrections of withdrawn imports are
-- left out, those that correct one of their events replace nothing, and each of their events has a correction without an
-- event (position 0).
-- params: as_of Array(UInt64)
WITH (SELECT groupArray(withdrawn_position) FROM (/*withdrawn-events.sql*/)) AS withdrawn
SELECT
    if(correction.corrected_position IN (SELECT arrayJoin(withdrawn)), 0, correction.corrected_position) AS corrected_position,
    toString(correction.type) AS type,
    correction.stream AS stream,
    correction.reason AS reason,
    correction.actor AS actor,
    correction._position AS _position
FROM tributary.log_correction AS correction
WHERE correction._position NOT IN (SELECT arrayJoin(withdrawn))

UNION ALL

SELECT arrayJoin(withdrawn), 'lineage.import.withdrawn', 'import', '', '', 0
