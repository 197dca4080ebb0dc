-- Which shards of slices may be the same as others: those with a digest that another shard has, those of a declared pair, and
-- those that a rule maps; of a snapshot (`snapshot_id`, no slices) with `listed-shards.sql` instead of `registered-shards.sql`.
-- params: slices Array(String), first UInt32, as_of Array(UInt64)
WITH digest_of AS
(
    SELECT shard_id, argMax((toString(digest_algorithm), corpus_shard.digest), _position) AS newest
    FROM tributary.corpus_shard
    WHERE corpus_shard.digest != ''
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY shard_id
),
paired AS
(
    SELECT address
    FROM tributary.corpus_alias
    WHERE kind = 'pair'
        AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
        AND _position NOT IN (/*corrected-events.sql*/)
    GROUP BY address, other
    HAVING argMax(is_declared, _position)
),
rule AS (SELECT rule_kind, arrayJoin([address, other]) AS part FROM (/*alias-rules.sql*/))
SELECT planned_shard AS shard_id
FROM (/*registered-shards.sql*/)
WHERE planned_shard IN (SELECT arrayJoin(groupArray(shard_id)) FROM digest_of GROUP BY newest HAVING count() > 1)
    OR planned_shard IN (SELECT address FROM paired)
    OR arrayExists(
        rule -> multiIf(
            rule.1 = 'prefix', startsWith(planned_shard, rule.2),
            rule.1 = 'suffix', endsWith(planned_shard, rule.2),
            position(concat('/', planned_shard, '/'), concat('/', rule.2, '/')) > 0),
        (SELECT groupArray((rule_kind, part)) FROM rule))
ORDER BY shard_id
LIMIT 20001
