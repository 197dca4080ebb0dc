-- What the protocol of an experiment held equal in all runs although no run records it.
ALTER TABLE tributary.mixture_arm /*on_cluster*/
    ADD COLUMN IF NOT EXISTS held_equal Array(String)
