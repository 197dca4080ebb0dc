import { brokerUnavailable, startBroker, type Broker } from '@tributary/test-servers';
import type { PartitionAssignment, GroupOptions, Membership, Topic } from '@tributary/event-log';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTopic, type TopicOptions } from '../connect-topic.ts';

const missing = brokerUnavailable();
const PARTITIONS = 4;
let broker: Broker;
let topics = 0;
const open: { close(): Promise<void> }[] = [];

async function connect(options: Partial<TopicOptions> = {}): Promise<Topic> {
  const topic = await connectTopic({
    brokers: broker.bootstrap,
    clientId: 'spec',
    topic: `events-${topics}`,
    create: { partitions: PARTITIONS, replicas: 1, config: { 'retention.ms': '-1' } },
    group: { session: 2000, heartbeat: 50, rebalance: 4000, retry: 50 },
    ...options,
  });
  open.push(topic);
  return topic;
}

async function member(topic: Topic, work: GroupOptions['work'], queueBytes = 1_000_000): Promise<Membership> {
  const membership = await topic.join({ group: topic.name, queueBytes, work });
  open.unshift({ close: () => membership.leave() });
  return membership;
}

const message = (partition: number, value: string | Buffer) => ({
  partition,
  key: Buffer.from('key'),
  value: Buffer.from(value),
  headers: [],
});
/** Polls for as long as the level allows, because the machine may be slow. */
const soon = <T>(value: () => T) => expect.poll(value);
const lasting = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Waits until every partition has two more commits. */
async function advance(topic: Topic): Promise<void> {
  for (const _ of all(2)) {
    const before = await topic.commits(topic.name);
    const moved = async () =>
      (await topic.commits(topic.name)).filter(
        (commit, index) => commit?.metadata !== before[index]?.metadata,
      );
    await soon(moved).toHaveLength(PARTITIONS);
  }
}
const all = (count: number) => Array.from({ length: count }, (_, index) => index);

/**
 * All accepted commits of a group, in order, by partition. They are read from the offsets topic of the brokers, so no
 * commit is missed because a later one replaces it.
 */
async function historyOf(group: string): Promise<number[][]> {
  const offsets = await connect({ topic: '__consumer_offsets' });
  const bounds = await offsets.bounds();
  const left = new Map(
    bounds.flatMap(({ first, end }, partition) => (end > first ? [[partition, end]] : [])),
  );
  const chains = all(PARTITIONS).map((): number[] => []);
  await new Promise<void>((resolve, reject) => {
    const take = ({ partition, records }: Parameters<Parameters<Topic['follow']>[0]['take']>[0]) => {
      for (const { key, value, offset } of records) {
        const committed = new RegExp(`chain ${group} (\\d+) (\\d+)`).exec(
          Buffer.from(value ?? []).toString('latin1'),
        );
        if (key && committed) chains[Number(committed[1])]?.push(Number(committed[2]));
        if (offset + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
      }
      if (left.size === 0) resolve();
      return Promise.resolve();
    };
    offsets
      .follow({ from: bounds.map(({ first }) => first), take })
      .then((following) => open.unshift({ close: () => following.stop() }))
      .catch(reject);
  });
  return chains;
}

/**
 * Commits an increasing number; each run continues from the committed one. A run whose partition is lost keeps trying to
 * commit for a while, like a process that was suspended and did not notice the loss.
 */
function counting(group: string) {
  const stale = { tried: 0, accepted: 0 };
  const runs = { started: 0 };
  const work = async (assignment: PartitionAssignment): Promise<void> => {
    runs.started += 1;
    let reached = Number(assignment.committed?.metadata.split(' ').at(-1) ?? 0);
    const commit = () =>
      assignment
        .commit({ offset: 0, metadata: `chain ${group} ${assignment.partition} ${reached + 1}` })
        .then(() => {
          reached += 1;
        });
    const commitThoughLost = async () => {
      for (const _ of all(40)) {
        stale.tried += 1;
        await commit().then(
          () => (stale.accepted += 1),
          () => undefined,
        );
        await lasting(10);
      }
    };
    try {
      for (;;) {
        await commit();
        await lasting(2);
      }
    } finally {
      void commitThoughLost();
    }
  };
  return { work, stale, runs };
}

function expectGapless(chains: readonly number[][], atLeast: number): void {
  for (const chain of chains) {
    expect(chain).toEqual(chain.map((_, index) => index + 1));
    expect(chain.length).toBeGreaterThan(atLeast);
  }
}

describe.skipIf(missing)(`a group${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterEach(async () => {
    broker.thaw();
    for (const part of open.splice(0)) await part.close();
    topics += 1;
  });
  afterAll(() => broker.stop());

  it('accepts no commit of a stale run, over ten rebalances', async () => {
    const topic = await connect();
    const { work, stale, runs } = counting(topic.name);
    const first = await member(topic, work);
    const second = await member(await connect(), work);
    await soon(() => first.assignments().length + second.assignments().length).toBe(PARTITIONS);
    for (const _ of all(5)) {
      const third = await (await connect()).join({ group: topic.name, queueBytes: 1000, work });
      await soon(() => third.assignments().length).toBeGreaterThan(0);
      await third.leave();
      await soon(() => first.assignments().length + second.assignments().length).toBe(PARTITIONS);
    }
    await first.leave();
    await second.leave();
    expect(stale.tried).toBeGreaterThan(100);
    expect(stale.accepted).toBe(0);
    expect(runs.started).toBeGreaterThan(40);
    expectGapless(await historyOf(topic.name), 5);
  });

  it('commits without gaps if the broker answers a commit after its timeout', async () => {
    const topic = await connect({ requestTimeout: 700 });
    const { work, stale } = counting(topic.name);
    const only = await member(topic, work);
    await soon(() => only.assignments()).toHaveLength(PARTITIONS);
    for (const _ of all(2)) {
      broker.freeze();
      await soon(() => only.fault() !== undefined || only.assignments().length < PARTITIONS).toBe(true);
      await lasting(300);
      broker.thaw();
      await soon(() => only.assignments()).toHaveLength(PARTITIONS);
      await advance(topic);
    }
    await only.leave();
    expect(stale.accepted).toBe(0);
    expectGapless(await historyOf(topic.name), 5);
  });

  it('commits without gaps if the broker is killed', async () => {
    const topic = await connect();
    const { work, stale } = counting(topic.name);
    const only = await member(topic, work);
    await soon(() => only.assignments()).toHaveLength(PARTITIONS);
    await broker.kill();
    await soon(() => only.fault()).toMatchObject({ code: 'broker_unreachable' });
    await broker.restart();
    await soon(() => only.fault()).toBeUndefined();
    await advance(topic);
    await only.leave();
    expect(stale.accepted).toBe(0);
    expectGapless(await historyOf(topic.name), 5);
  });

  it('pauses fetching above its limit of bytes, keeps its partition meanwhile, and then reads all records in order', async () => {
    const topic = await connect({ create: { partitions: 1, replicas: 1 } });
    for (const index of all(100)) await topic.append([message(0, Buffer.alloc(10_000, index))]);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const read: number[] = [];
    let runs = 0;
    const work = async (assignment: PartitionAssignment): Promise<void> => {
      runs += 1;
      await assignment.waitForRecord(0);
      await released;
      for (let from = 0; ;) {
        await assignment.waitForRecord(from);
        const records = await assignment.read({ from, limit: 7, maxBytes: 1_000_000 });
        read.push(...records.map(({ value }) => value?.[0] ?? -1));
        from = (records.at(-1)?.offset ?? 0) + 1;
        await assignment.commit({ offset: from, metadata: '' });
      }
    };
    const membership = await member(topic, work, 200_000);
    await soon(() => membership.paused()).toEqual([0]);
    expect(membership.queuedBytes()).toBeLessThan(300_000);
    // Longer than the session timeout, so heartbeats must have continued.
    await lasting(2500);
    expect(membership.paused()).toEqual([0]);
    release();
    await soon(() => read.length).toBe(100);
    expect(read).toEqual(all(100));
    expect(runs).toBe(1);
    await soon(() => topic.commits(topic.name)).toEqual([{ offset: 100, metadata: '' }]);
    expect(membership.paused()).toEqual([]);
  });

  it('restarts failed work from the committed offset, and reports the fault meanwhile', async () => {
    const topic = await connect({ create: { partitions: 1, replicas: 1 } });
    await topic.append(['a', 'b', 'c'].map((value) => message(0, value)));
    const seen: string[] = [];
    let broken = true;
    const membership = await member(topic, async (assignment) => {
      let from = assignment.committed?.offset ?? 0;
      await assignment.waitForRecord(from);
      for (const { value, offset } of await assignment.read({ from, limit: 2, maxBytes: 1000 })) {
        seen.push(String(value));
        from = offset + 1;
      }
      if (broken) throw new Error('the table is gone');
      await assignment.commit({ offset: from, metadata: 'plan' });
      await assignment.waitForRecord(Number.MAX_SAFE_INTEGER);
    });
    await soon(() => membership.fault()).toMatchObject({ message: 'the table is gone' });
    await soon(() => seen.length).toBeGreaterThan(3);
    broken = false;
    await soon(() => topic.commits(topic.name)).toEqual([{ offset: 2, metadata: 'plan' }]);
    expect(seen.slice(0, 4)).toEqual(['a', 'b', 'a', 'b']);
    /* The broker shows the commit before its answer is here. */
    await soon(() => membership.fault()).toBeUndefined();
  });

  it('reports a committed offset that the broker does not hold, instead of reading from another one', async () => {
    const topic = await connect();
    await topic.moveGroup(
      topic.name,
      all(PARTITIONS).map(() => ({ offset: 7, metadata: '' })),
    );
    const membership = await member(topic, (assignment) =>
      assignment.waitForRecord(assignment.committed?.offset ?? 0),
    );
    await soon(() => membership.fault()).toMatchObject({ code: 'offset_out_of_range' });
  });

  it('moves a group with its metadata, but not while it has a member', async () => {
    const topic = await connect();
    const commits = all(PARTITIONS).map((offset) => ({ offset, metadata: `plan ${offset}` }));
    expect(await topic.commits(topic.name)).toEqual(commits.map(() => undefined));
    await topic.moveGroup(topic.name, commits);
    expect(await topic.commits(topic.name)).toEqual(commits);
    let committed: unknown;
    const membership = await member(topic, async (assignment) => {
      if (assignment.partition === 2) ({ committed } = assignment);
      await new Promise((resolve) => assignment.lost.addEventListener('abort', resolve));
    });
    await soon(() => committed).toEqual({ offset: 2, metadata: 'plan 2' });
    await expect(topic.moveGroup(topic.name, commits)).rejects.toMatchObject({ code: 'group_busy' });
    await membership.leave();
    await topic.moveGroup(topic.name, commits.toReversed());
    expect(await topic.commits(topic.name)).toEqual(commits.toReversed());
  });

  it('counts the members of a group', async () => {
    const topic = await connect();
    expect(await topic.members(topic.name)).toBe(0);
    const idle = (assignment: PartitionAssignment): Promise<void> =>
      new Promise((resolve) => assignment.lost.addEventListener('abort', () => resolve()));
    const first = await member(topic, idle);
    await soon(() => topic.members(topic.name)).toBe(1);
    const second = await member(topic, idle);
    await soon(() => topic.members(topic.name)).toBe(2);
    await first.leave();
    await soon(() => topic.members(topic.name)).toBe(1);
    await second.leave();
    await soon(() => topic.members(topic.name)).toBe(0);
  });

  it('may write nothing after its process stood still for a session, before it has heard of the loss', async () => {
    const topic = await connect();
    const looks: unknown[] = [];
    await member(topic, async (assignment) => {
      assignment.checkLease();
      if (looks.length > 0) return;
      looks.push('held');
      /* As SIGSTOP does: no timer, no answer and no other partition runs meanwhile. */
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
      try {
        assignment.checkLease();
      } catch (fault) {
        looks.push(fault, assignment.lost.aborted);
      }
      await Promise.resolve();
    });
    await soon(() => looks).toHaveLength(3);
    expect(looks).toEqual(['held', expect.objectContaining({ code: 'partition_lost' }), true]);
  });

  it('asks the broker whether it is still assigned a partition, whatever its clocks say', async () => {
    const topic = await connect({
      group: { session: 10_000, heartbeat: 8000, rebalance: 4000, retry: 50 },
    });
    const held: PartitionAssignment[] = [];
    const idle = (assignment: PartitionAssignment): Promise<void> =>
      new Promise((resolve) => {
        held.push(assignment);
        assignment.lost.addEventListener('abort', () => resolve());
      });
    await member(topic, idle);
    await soon(() => held).toHaveLength(PARTITIONS);
    const [assignment] = held;
    await assignment?.confirmLease();
    /* Another member takes part, of which the first one would hear with its next heartbeat, in eight seconds. */
    await member(await connect(), idle);
    assignment?.checkLease();
    await soon(() => assignment?.confirmLease().catch((fault: unknown) => fault)).toMatchObject({
      code: 'partition_lost',
    });
    expect(assignment?.lost.aborted).toBe(true);
    await expect(assignment?.confirmLease()).rejects.toMatchObject({ code: 'partition_lost' });
  });

  it('leaves at any moment of its first join', async () => {
    const topic = await connect();
    const work = async (): Promise<void> => void (await lasting(10));
    await member(topic, work);
    await soon(async () => topic.members(topic.name)).toBe(1);
    for (const delay of [0, 1, 2, 4, 8, 16]) {
      const second = await topic.join({ group: topic.name, queueBytes: 1_000_000, work });
      await lasting(delay);
      await second.leave();
    }
    await soon(async () => topic.members(topic.name)).toBe(1);
  });

  it('leaves while its first join waits for another member, which it does not wait for', async () => {
    const slow = { session: 30_000, heartbeat: 30_000, rebalance: 30_000, retry: 50 };
    const topic = await connect({ group: slow });
    const work = ({ lost }: PartitionAssignment): Promise<void> =>
      new Promise((resolve) => lost.addEventListener('abort', () => resolve()));
    const first = await member(topic, work);
    await soon(() => first.assignments()).toHaveLength(PARTITIONS);
    const second = await topic.join({ group: topic.name, queueBytes: 1_000_000, work });
    await soon(() => topic.members(topic.name)).toBe(2);
    await second.leave();
    /* A rebalance that had been waited for would have removed the first member, which hears of it later. */
    expect(await topic.members(topic.name)).toBe(1);
    expect(first.assignments()).toHaveLength(PARTITIONS);
  });

  it('waits for its work when it leaves, and accepts no commit afterwards', async () => {
    const topic = await connect();
    let late: unknown;
    let ended = 0;
    const membership = await member(topic, async (assignment) => {
      await new Promise((resolve) => assignment.lost.addEventListener('abort', resolve));
      late = await assignment.commit({ offset: 0, metadata: '' }).catch((error: unknown) => error);
      await lasting(100);
      ended += 1;
    });
    await soon(() => membership.assignments()).toHaveLength(PARTITIONS);
    await membership.leave();
    expect(ended).toBe(PARTITIONS);
    expect(late).toMatchObject({ code: 'partition_lost' });
    expect(await topic.commits(topic.name)).toEqual(all(PARTITIONS).map(() => undefined));
  });
});
