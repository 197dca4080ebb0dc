import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@tributary/fixtures';
import type { ProcessUnderTest } from '../distributed/process-under-test.fixture.ts';
import type { Stage } from './test-cluster.fixture.ts';
import { pendingBatches, recordsCompleted } from './group-progress.fixture.ts';
import type { PendingBatch } from './group-progress.fixture.ts';
import { ownersAmong } from './process-reports.fixture.ts';
import { numbers } from './tables.fixture.ts';

/** How a projector is killed. */
type Kill = {
  /** Waits for a moment between the insert of a batch and the commit that completes it; otherwise kills at any moment. */
  readonly aimed: boolean;
  /** Drops what was sent to the broker and has not arrived. */
  readonly cut: () => unknown;
  /** Milliseconds until everything sent has arrived. */
  readonly settling: number;
};

type WorkerFigures = {
  readonly kills: number;
  /** Batches that a killed projector left planned and not completed. */
  readonly pending: number;
  /** Of these, batches with rows in the tables. */
  readonly halfDone: number;
  /** How often another member was assigned partitions and left. */
  readonly rebalances: number;
};

/** The projectors of a stage. A killed one is replaced. */
export type Workers = {
  kill(how: Kill): Promise<void>;
  /** Another member joins the group, keeps its partitions idle, and leaves. */
  disturb(): Promise<void>;
  figures(): WorkerFigures;
  /** Kills all of them. */
  end(): Promise<void>;
};

type Options = {
  readonly size: number;
  readonly random: Random;
  readonly env?: Readonly<Record<string, string>>;
};

const AIMING_MS = 10_000;
const CLAIMING_MS = 60_000;
const WORKING_MS = 60_000;

export async function startWorkers(stage: Stage, { size, random, env = {} }: Options): Promise<Workers> {
  const { clickhouse, group, topic } = stage;
  const members: ProcessUnderTest[] = [];
  let coming: Promise<unknown> = Promise.resolve();
  const figures = { kills: 0, pending: 0, halfDone: 0, rebalances: 0 };
  /** Batches that a kill has interrupted before: their next owner gets the time to complete them. */
  const met = new Set<string>();

  const add = async (): Promise<void> => void members.push(await stage.start('projector', env));
  const rowsOf = async ({ from, to }: PendingBatch): Promise<number> => {
    const within = `SELECT count() FROM tributary.log_event WHERE _position > ${from} AND _position <= ${to}`;
    return (await numbers(clickhouse, within))[0] ?? 0;
  };
  /** A projector with rows of a planned batch in the tables. */
  const caught = async (): Promise<ProcessUnderTest | undefined> => {
    for (const pending of await pendingBatches(topic, group)) {
      const owner = ownersAmong(members).get(pending.partition);
      if (!owner || met.has(planOf(pending)) || (await rowsOf(pending)) === 0) continue;
      met.add(planOf(pending));
      return owner;
    }
    return undefined;
  };
  const victimOf = async (aimed: boolean): Promise<ProcessUnderTest | undefined> => {
    const until = performance.now() + AIMING_MS;
    while (aimed && performance.now() < until) {
      const victim = await caught();
      if (victim) return victim;
      await pause(2);
    }
    const owners = [...ownersAmong(members).values()];
    return owners[random.below(owners.length)] ?? members[random.below(members.length)];
  };
  /** A kill before any work tests nothing: records must have been completed since the last kill. */
  let completed = 0;
  const worked = async (): Promise<void> => {
    const until = performance.now() + WORKING_MS;
    const before = completed;
    while (completed <= before && performance.now() < until) {
      await pause(20);
      completed = await recordsCompleted(topic, group);
    }
  };
  const account = async (victim: ProcessUnderTest): Promise<void> => {
    const owners = ownersAmong(members);
    const pending = await pendingBatches(topic, group);
    const left = pending.filter(({ partition }) => owners.get(partition) === victim);
    figures.kills += 1;
    figures.pending += left.length;
    for (const one of left) figures.halfDone += (await rowsOf(one)) > 0 ? 1 : 0;
  };

  await Promise.all(Array.from({ length: size }, add));
  const until = performance.now() + CLAIMING_MS;
  while (ownersAmong(members).size < topic.partitions && performance.now() < until) await pause(50);
  return {
    figures: () => figures,
    async kill({ aimed, cut, settling }) {
      if (members.length < 2) await coming;
      await worked();
      const victim = await victimOf(aimed);
      if (!victim) throw new Error('there is no projector to kill');
      const ended = victim.end('SIGKILL');
      cut();
      await ended;
      await pause(settling);
      await account(victim);
      members.splice(members.indexOf(victim), 1);
      coming = Promise.all([coming, add()]);
    },
    async disturb() {
      const idle = await topic.join({ group, queueBytes: 1, work: untilLost });
      const late = performance.now() + CLAIMING_MS;
      while (idle.assignments().length === 0 && performance.now() < late) await pause(20);
      figures.rebalances += idle.assignments().length > 0 ? 1 : 0;
      await idle.leave();
    },
    async end() {
      await coming;
      await Promise.all(members.map((member) => member.end('SIGKILL')));
    },
  };
}

const planOf = ({ from, to }: PendingBatch): string => `${from}-${to}`;

/** The work of a member that keeps its partitions idle. */
export const untilLost = ({ lost }: { readonly lost: AbortSignal }): Promise<void> =>
  new Promise((resolve) => lost.addEventListener('abort', () => resolve(), { once: true }));
