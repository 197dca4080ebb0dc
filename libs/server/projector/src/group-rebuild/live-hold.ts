import { setTimeout as pause } from 'node:timers/promises';
import type { CommittedOffset, HeldGroup } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { GroupRebuild } from './group-rebuild.ts';

type Holding = Pick<GroupRebuild, 'topic' | 'groups' | 'pollMillis' | 'report' | 'signal' | 'isUnattended'>;

/** Each attempt takes the partitions of all projectors for a moment. */
const LONGEST_MS = 10_000;

/** Refused holds after which a rebuild that nobody watches ends. */
const MOST_REFUSED = 3;

/** The hold of a rebuild on the live group: while it lasts, no projector of the group works. */
export class LiveHold {
  readonly #work: Holding;
  #held: HeldGroup | undefined;

  constructor(work: Holding) {
    this.#work = work;
  }

  /**
   * Resolves when the group is held. Until then it calls `meanwhile` and tries again: projectors of an earlier version do
   * not give their partitions back, and have to be stopped. Where nobody would read that, it throws the retryable Fault
   * `group_not_held` after three attempts.
   */
  async untilHeld(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const { groups, topic, pollMillis, report, signal, isUnattended } = this.#work;
    let delay = pollMillis;
    for (let refused = 0; !this.#isHeld(); delay = Math.min(2 * delay, LONGEST_MS)) {
      signal?.throwIfAborted();
      await this.release();
      const answer = await topic.hold(groups.live).then((held) => ({ held }), unlessRetryable);
      this.#held = answer?.held;
      if (this.#isHeld()) return;
      if (answer) refused += 1;
      if (answer && refused === 1) report(`${KEEPS}: stop the projectors; answers go on`);
      if (isUnattended && refused >= MOST_REFUSED) throw notHeld();
      await meanwhile();
      await pause(delay, undefined, { signal });
    }
  }

  /** Commits for the group. False, and nothing is committed, where it is held no longer. */
  async move(commits: readonly CommittedOffset[]): Promise<boolean> {
    try {
      await this.#held?.move(commits);
      return this.#held !== undefined;
    } catch (fault) {
      if (fault instanceof Fault && fault.code === 'partition_lost') return false;
      throw fault;
    }
  }

  /** Gives the partitions back to the projectors. */
  async release(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await held?.release();
  }

  #isHeld(): boolean {
    return this.#held !== undefined && !this.#held.lost.aborted;
  }
}

const KEEPS = 'a projector of an earlier version keeps its partitions';

const notHeld = (): Fault =>
  new Fault('group_not_held', `${KEEPS}: replace it, or wait until the upgrade is done`, { retryable: true });

/** The broker may answer later. */
function unlessRetryable(fault: unknown): undefined {
  if (!(fault instanceof Fault) || !fault.retryable) throw fault;
}
