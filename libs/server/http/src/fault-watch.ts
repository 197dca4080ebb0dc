/** Exit code of a process that ended because a part of it had died: sysexits' EX_SOFTWARE. */
export const EXIT_DEAD = 70;

export type FaultWatch = {
  /** What has died of the process and only a restart brings back; undefined where nothing has. */
  readonly fault: () => unknown;
  /** Milliseconds that the process goes on serving reads and its readiness conditions. */
  readonly grace: number;
  /** Called once, when a fault has lasted for the grace without a break. */
  readonly died: (fault: unknown) => void;
};

const LOOK_MS = 250;

/** Watches for a fault that lasts. Returns what ends the watch. */
export function watchFault({ fault, grace, died }: FaultWatch): () => void {
  let since: number | undefined;
  const timer = setInterval(() => {
    const found = fault();
    if (found === undefined) since = undefined;
    else since ??= performance.now();
    if (since === undefined || performance.now() - since < grace) return;
    clearInterval(timer);
    died(found);
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
