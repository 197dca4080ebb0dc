import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessUnderTest } from '../distributed/process-under-test.suite.ts';
import type { Stage } from './arena.suite.ts';
import { pendingIn } from './carried.suite.ts';
import type { Pending } from './carried.suite.ts';
import type { Random } from './random.suite.ts';
import { numbers } from './tables.suite.ts';

/** How a projector is killed. */
export type Kill = {
  /** Waits for a moment between the insert of a range and the commit that completes it; else the moment is any. */
  readonly aimed: boolean;
  /** Loses what it had sent to the broker and the broker has not got yet. */
  readonly cut: () => unknown;
  /** Milliseconds until what it had sent has arrived. */
  readonly settling: number;
};

export type CrewFigures = {
  readonly kills: number;
  /** Ranges that a killed projector left planned and not completed, each found by the next life of the partition. */
  readonly pending: number;
  /** Of these, ranges whose rows had reached the tables at least in part. */
  readonly halfDone: number;
};

/** Projectors of a stage, of which there are always so many. */
export type Crew = {
  kill(how: Kill): Promise<void>;
  /** One more member of their group takes its share of the partitions, works on none of them, and leaves. */
  disturb(): Promise<void>;
  figures(): CrewFigures;
  readonly members: readonly ProcessUnderTest[];
  /** Resolves when they have all ended. */
  end(): Promise<void>;
};

type Options = {
  readonly size: number;
  readonly random: Random;
  readonly env?: Readonly<Record<string, string>>;
};

const AIMING_MS = 10_000;

export async function startCrew(stage: Stage, { size, random, env = {} }: Options): Promise<Crew> {
  const start = (): Promise<ProcessUnderTest> => stage.start('projector', env);
  const members = await Promise.all(Array.from({ length: size }, start));
  const figures = { kills: 0, pending: 0, halfDone: 0 };

  const pendingOf = async (victim: ProcessUnderTest): Promise<Pending[]> => {
    const owned = claimsOf(victim, members);
    return (await pendingIn(stage.topic, stage.group)).filter(({ partition }) => owned.has(partition));
  };
  const rowsOf = async ({ from, to }: Pending): Promise<number> => {
    const within = `SELECT count() FROM tributary.log_event WHERE _position > ${from} AND _position <= ${to}`;
    return (await numbers(stage.clickhouse, within))[0] ?? 0;
  };
  /** Somebody who has rows of a planned range in the tables; anybody where there is no such moment. */
  const victimOf = async (aimed: boolean): Promise<ProcessUnderTest | undefined> => {
    const until = performance.now() + AIMING_MS;
    while (aimed && performance.now() < until) {
      for (const pending of await pendingIn(stage.topic, stage.group)) {
        const owner = members.find((member) => claimsOf(member, members).has(pending.partition));
        if (owner && (await rowsOf(pending)) > 0) return owner;
      }
      await pause(2);
    }
    const owners = members.filter((member) => claimsOf(member, members).size > 0);
    return owners[random.below(owners.length)] ?? members[random.below(members.length)];
  };
  const allClaimed = async (): Promise<void> => {
    const until = performance.now() + 60_000;
    const claimed = () => members.reduce((sum, member) => sum + claimsOf(member, members).size, 0);
    while (claimed() < stage.topic.partitions && performance.now() < until) await pause(50);
  };
  const replace = async (victim: ProcessUnderTest): Promise<void> => {
    const next = await start();
    members.splice(members.indexOf(victim), 1, next);
  };

  await allClaimed();
  return {
    members,
    figures: () => figures,
    async kill({ aimed, cut, settling }) {
      const victim = await victimOf(aimed);
      if (!victim) return;
      const ended = victim.end('SIGKILL');
      cut();
      await ended;
      figures.kills += 1;
      await pause(settling);
      const left = await pendingOf(victim);
      if (process.env['CHAOS_TRACE'])
        console.error(
          'kill',
          victim.pid,
          aimed,
          settling,
          [...claimsOf(victim, members)],
          left,
          await pendingIn(stage.topic, stage.group),
        );
      figures.pending += left.length;
      for (const pending of left) figures.halfDone += (await rowsOf(pending)) > 0 ? 1 : 0;
      await replace(victim);
    },
    async disturb() {
      const idle = await stage.topic.join({
        group: stage.group,
        queueBytes: 1,
        work: ({ lost }) => new Promise((resolve) => lost.addEventListener('abort', () => resolve())),
      });
      const until = performance.now() + 20_000;
      while (idle.claims().length === 0 && performance.now() < until) await pause(20);
      await idle.leave();
    },
    async end() {
      await Promise.all(members.map((member) => member.end('SIGKILL')));
    },
  };
}

type Told = { readonly event?: string; readonly partition?: number; readonly time?: string };

/** Partitions that a projector has told of last, of all members. */
function claimsOf(member: ProcessUnderTest, members: readonly ProcessUnderTest[]): ReadonlySet<number> {
  const owners = new Map<number, { readonly time: string; readonly owner: ProcessUnderTest }>();
  for (const owner of members)
    for (const { event, partition, time = '' } of toldBy(owner)) {
      if (event !== 'projector.claimed' || partition === undefined) continue;
      if ((owners.get(partition)?.time ?? '') <= time) owners.set(partition, { time, owner });
    }
  return new Set([...owners].flatMap(([partition, { owner }]) => (owner === member ? [partition] : [])));
}

const toldBy = (member: ProcessUnderTest): Told[] =>
  member
    .output()
    .split('\n')
    .flatMap((line) => (line.includes('projector.claimed') ? [JSON.parse(line) as Told] : []));
