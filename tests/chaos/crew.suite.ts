import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessUnderTest } from '../distributed/process-under-test.suite.ts';
import type { Stage } from './arena.suite.ts';
import { pendingIn, recordsCompleted } from './carried.suite.ts';
import type { Pending } from './carried.suite.ts';
import { ownersAmong } from './owners.suite.ts';
import type { Random } from './random.suite.ts';
import { numbers } from './tables.suite.ts';

/** How a projector is killed. */
type Kill = {
  /** Waits for a moment between the insert of a range and the commit that completes it; else the moment is any. */
  readonly aimed: boolean;
  /** Loses what it had sent to the broker and the broker has not got yet. */
  readonly cut: () => unknown;
  /** Milliseconds until what it had sent has arrived. */
  readonly settling: number;
};

type CrewFigures = {
  readonly kills: number;
  /** Ranges that a killed projector left planned and not completed, for the next life of the partition to find. */
  readonly pending: number;
  /** Of these, ranges whose rows had reached the tables at least in part. */
  readonly halfDone: number;
  /** Times that another member was given partitions and gave them back. */
  readonly rebalances: number;
};

/** Projectors of a stage. One that is killed is replaced. */
export type Crew = {
  kill(how: Kill): Promise<void>;
  /** One more member of their group takes its share of the partitions, works on none of them, and leaves. */
  disturb(): Promise<void>;
  figures(): CrewFigures;
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

export async function startCrew(stage: Stage, { size, random, env = {} }: Options): Promise<Crew> {
  const { clickhouse, group, topic } = stage;
  const members: ProcessUnderTest[] = [];
  let coming: Promise<unknown> = Promise.resolve();
  const figures = { kills: 0, pending: 0, halfDone: 0, rebalances: 0 };
  /** Plans that a kill has met: the next life gets the time that it takes. */
  const met = new Set<string>();

  const add = async (): Promise<void> => void members.push(await stage.start('projector', env));
  const rowsOf = async ({ from, to }: Pending): Promise<number> => {
    const within = `SELECT count() FROM tributary.log_event WHERE _position > ${from} AND _position <= ${to}`;
    return (await numbers(clickhouse, within))[0] ?? 0;
  };
  /** Somebody who has rows of a planned range in the tables. */
  const caught = async (): Promise<ProcessUnderTest | undefined> => {
    for (const pending of await pendingIn(topic, group)) {
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
  /** Who is killed before it has done anything tests nothing: something must have been completed since the last kill. */
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
    const pending = await pendingIn(topic, group);
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

const planOf = ({ from, to }: Pending): string => `${from}-${to}`;

/** The work of a member that keeps its partitions and does nothing with them. */
export const untilLost = ({ lost }: { readonly lost: AbortSignal }): Promise<void> =>
  new Promise((resolve) => lost.addEventListener('abort', () => resolve(), { once: true }));
