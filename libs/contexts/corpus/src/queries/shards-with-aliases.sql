-- Which shards of slices may be the same as others: those with a digest that another shard has, those of a declared pair, and
-- those that begin or end with a part of a rule or have one between slashes, by the sizes of these parts; of a snapshot
-- (`snapshot_id`, no slices) with `listed-shards.sql` instead of `registered-shards.sql`.
-- params: slices Array(String), prefixes Array(String), prefix_sizes Array(UInt32), suffixes Array(String), suffix_sizes Array(UInt32), segments Array(String), segment_sizes Array(UInt32), as_of Array(UInt64)
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
)
SELECT planned_shard AS shard_id
FROM (/*registered-shards.sql*/)
WHERE planned_shard IN (SELECT arrayJoin(groupArray(shard_id)) FROM digest_of GROUP BY newest HAVING count() > 1)
    OR planned_shard IN (SELECT address FROM paired)
    OR arrayExists(size -> substringUTF8(planned_shard, 1, size) IN {prefixes:Array(String)}, {prefix_sizes:Array(UInt32)})
    OR arrayExists(size -> substringUTF8(planned_shard, -size, size) IN {suffixes:Array(String)}, {suffix_sizes:Array(UInt32)})
    OR arrayExists(
        size -> arrayExists(
            at -> arrayStringConcat(arraySlice(splitByChar('/', planned_shard), at, size), '/') IN {segments:Array(String)},
            range(1, length(splitByChar('/', planned_shard)) + 1)),
        {segment_sizes:Array(UInt32)})
ORDER BY shard_id
LIMIT 20001
