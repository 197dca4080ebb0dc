-- What the protocol of each arm held equal although no run records it, as last assigned.
-- params: experiment_id String, as_of Array(UInt64)
SELECT arm, argMax(mixture_arm_held.held_equal, _position) AS held_equal
FROM tributary.mixture_arm_held
WHERE experiment_id = {experiment_id:String}
    AND tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
    AND _position NOT IN (/*corrected-events.sql*/)
GROUP BY arm
ORDER BY arm
LIMIT 100000
