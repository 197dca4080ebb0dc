-- Positions of the events that another event had corrected by then: they do not count.
-- params: as_of Array(UInt64)
SELECT corrected_position FROM tributary.log_correction WHERE tributaryIsAtOrBefore(_position, {as_of:Array(UInt64)})
