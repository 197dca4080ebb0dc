/** The shares of one group of data: of the plan, and of what was consumed. Both sum to one over all groups. */
export type Shares = { readonly planned: number; readonly realised: number };

export type Distance = {
  /** Sum of |realised − planned|: from 0 to 2, twice the part of the data that would have to be exchanged. */
  readonly l1: number;
  /** Kullback-Leibler divergence of realised from planned, in nats; null where it is infinite. */
  readonly kl: number | null;
};

/**
 * How far realised shares are from planned ones. KL(realised ‖ planned) is the sum of realised · ln(realised / planned).
 * A group of which nothing was consumed adds 0 to it; one that was consumed and planned with 0 makes it infinite.
 */
export function distance(groups: readonly Shares[]): Distance {
  let l1 = 0;
  let kl = 0;
  for (const { planned, realised } of groups) {
    l1 += Math.abs(realised - planned);
    if (realised > 0) kl += realised * Math.log(realised / planned);
  }
  /* It is never below 0; sums of rounded numbers can be. */
  return { l1, kl: Number.isFinite(kl) ? Math.max(0, kl) : null };
}
