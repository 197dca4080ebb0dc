import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { eventPosition, Fault, formatEventPosition, START } from '@tributary/kernel';
import type { Engine } from '@tributary/clickhouse';
import type { HeldGroup, PartitionAssignment, Topic } from '@tributary/event-log';
import { checksums } from '@tributary/projection';
import type { TablesState } from '@tributary/projection';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import type { SharedBroker } from '@tributary/test-servers';
import {
  checkpointsOf,
  commitsOf,
  groupsOf,
  isExchanging,
  offsetsOf,
  rebuildTables,
  refillTables,
} from '@tributary/projector';
import type { GroupCheckpoint } from '@tributary/projector';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stepsOf } from '../../libs/core/projection/src/rebuild/rebuild.fixture.ts';
import { asQuery } from '../../libs/adapters/clickhouse/src/scratch.fixture.ts';
import { openStage } from './rebuild-kills.fixture.ts';
import type { Stage } from './rebuild-kills.fixture.ts';

const missing = brokerUnavailable();
const FULLY = { verify: false, fresh: false };
const VERIFY = { verify: true, fresh: false };

describe.skipIf(missing)(`a rebuild that is killed${missing ? `, skipped: ${missing}` : ''}`, () => {
  let broker: SharedBroker;
  let stage: Stage;
  let sent = 0;

  beforeAll(async () => {
    broker = await sharedBroker();
  });
  beforeEach(async () => {
    sent = 0;
    stage = await openStage(broker.bootstrap, `rebuild-${randomUUID()}`);
    await fill(20);
    await project();
  });
  afterEach(() => stage?.stop());

  const live = async () => checkpointsOf(await stage.topic.commits(stage.topic.name));
  const sums = () => checksums(stage.engine.reader, stage.rebuilding().tables);
  const fill = async (events: number): Promise<void> => {
    const runs = Array.from({ length: events }, (_, n) => stepsOf(String(n), (sent += 100)));
    await stage.append(runs);
  };
  /** Runs a projector until the tables hold the topic. */
  const project = async (): Promise<void> => {
    const ends = (await stage.topic.bounds()).map(({ end }) => end);
    const options = { group: stage.topic.name, queueBytes: 1_000_000, work: stage.project };
    const membership = await stage.topic.join(options);
    await expect.poll(async () => offsetsOf(await live()), { timeout: 20_000 }).toEqual(ends);
    await membership.leave();
  };
  /** Records that the tables lack. */
  const behind = async (): Promise<number> => {
    const ends = (await stage.topic.bounds()).map(({ end }) => end);
    return offsetsOf(await live()).reduce(
      (sum, offset, partition) => sum + (ends[partition] ?? 0) - offset,
      0,
    );
  };
  /** Inserts a row that no event made. */
  const plant = () =>
    stage.engine.command("INSERT INTO tributary.training_step (run_id, step, _position) VALUES ('x', 1, 1)");

  /** Connections of a process that is killed after so many durable steps of its exchange. */
  const mortal = (kill: number) => {
    const steps: string[] = [];
    let armed = false;
    let isDead = false;
    const durable = async (step: string, act: () => Promise<void>): Promise<void> => {
      if (isDead) throw new Error('killed');
      armed ||= step === `move ${stage.topic.name}`;
      await act();
      if (armed) steps.push(step);
      isDead = steps.length === kill;
      if (isDead) throw new Error('killed');
    };
    const engine: Engine = {
      ...stage.engine,
      command: (sql) => durable(sql.slice(0, 8), () => stage.engine.command(sql)),
    };
    const topic = new Proxy(stage.topic, {
      get(target, key) {
        if (key === 'moveGroup')
          return (...[group, commits]: Parameters<Topic['moveGroup']>) =>
            durable(`move ${group}`, () => target.moveGroup(group, commits));
        if (key === 'hold')
          return async (group: string): Promise<HeldGroup | undefined> => {
            const held = await target.hold(group);
            return held && { ...held, move: (commits) => durable(`move ${group}`, () => held.move(commits)) };
          };
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return { engine, topic, steps, isDead: () => isDead };
  };

  it('is finished or repeated by the next run after a kill at any step of the exchange', async () => {
    const clean = await sums();
    const seen = new Set<string>();
    for (let kill = 1; ; kill += 1) {
      await plant();
      const parts = mortal(kill);
      await rebuildTables(stage.rebuilding(parts), FULLY).catch((error: unknown) => {
        if (!parts.isDead()) throw error;
      });
      seen.add(parts.steps.at(-1) ?? '');
      if (!parts.isDead()) break;
      const isPlanned = isExchanging(await live());
      if (isPlanned) await expectNoWork();
      const next = await rebuildTables(stage.rebuilding(), FULLY);
      expect(next === 'finished', `after ${parts.steps.join(', ')}`).toBe(isPlanned);
      expect(await sums(), `after ${parts.steps.join(', ')}`).toEqual(clean);
    }
    expect([...seen].toSorted()).toEqual(['DROP TAB', 'EXCHANGE', `move ${stage.topic.name}`]);
    await fill(5);
    await project();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true, notCompared: [] });
    expect((await sums())[0]?.rows).toBe(2500);
  });

  /** A projector that starts during an exchange writes nothing. */
  const expectNoWork = async (): Promise<void> => {
    const options = { group: stage.topic.name, queueBytes: 1_000_000, work: stage.project };
    const membership = await stage.topic.join(options);
    await expect
      .poll(() => membership.fault(), { timeout: 20_000 })
      .toMatchObject({ code: 'tables_version' });
    await membership.leave();
  };

  it('beside projectors that go on and facts that arrive, it is finished by the next one after a kill at any step', async () => {
    const options = { group: stage.topic.name, queueBytes: 1_000_000, work: stage.project };
    const projectors = [await stage.topic.join(options), await stage.topic.join(options)];
    const seen = new Set<string>();
    for (let kill = 1; ; kill += 1) {
      await plant();
      const parts = mortal(kill);
      const rebuilding = rebuildTables(stage.rebuilding(parts), FULLY);
      await fill(3);
      await rebuilding.catch((error: unknown) => {
        if (!parts.isDead()) throw error;
      });
      await fill(3);
      seen.add(parts.steps.at(-1) ?? '');
      if (!parts.isDead()) break;
      await refillTables(stage.rebuilding());
      await expect.poll(behind, { timeout: 20_000 }).toBe(0);
      expect(
        await rebuildTables(stage.rebuilding(), VERIFY),
        `after ${parts.steps.join(', ')}`,
      ).toMatchObject({
        equal: true,
      });
    }
    expect([...seen].toSorted()).toEqual(['DROP TAB', 'EXCHANGE', `move ${stage.topic.name}`]);
    await expect.poll(behind, { timeout: 20_000 }).toBe(0);
    for (const projector of projectors) await projector.leave();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true, notCompared: [] });
    expect((await sums())[0]?.rows).toBe(sent);
  });

  it('starts over where the shadow tables are others than those of the group', async () => {
    await rebuildTables(stage.rebuilding(mortal(1)), FULLY).catch(() => undefined);
    await rebuildTables(stage.rebuilding(), FULLY);
    const { shadow, topic, groups } = stage.rebuilding();
    await shadow.make();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true });
    expect(stage.reported).not.toContain('resuming where the last run was interrupted');
    expect(await topic.members(groups.next)).toBe(0);
  });

  it('starts over with --fresh where tables of an interrupted exchange are lost', async () => {
    const clean = await sums();
    await plant();
    await rebuildTables(stage.rebuilding(mortal(2)), FULLY).catch(() => undefined);
    await stage.rebuilding().shadow.drop();
    await expect(rebuildTables(stage.rebuilding(), VERIFY)).rejects.toMatchObject({
      code: 'rebuild_unfinished',
    });
    await expect(rebuildTables(stage.rebuilding(), FULLY)).rejects.toMatchObject({ code: 'shadow_lost' });
    await rebuildTables(stage.rebuilding(), { verify: false, fresh: true });
    expect(await sums()).toEqual(clean);
    await fill(5);
    await project();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true });
  });

  it('fills up to the end of the tables where the offsets of their group are lost', async () => {
    const clean = await sums();
    await stage.topic.moveGroup(
      stage.topic.name,
      (await live()).map(() => ({ offset: 0, metadata: '' })),
    );
    expect(await rebuildTables(stage.rebuilding(), FULLY)).toMatchObject({ equal: true, exchanged: true });
    await fill(5);
    await project();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true });
    expect((await sums())[0]?.rows).toBe((clean[0]?.rows ?? 0) + 500);
  });

  it('is finished once where two processes finish it at the same time', async () => {
    const clean = await sums();
    const engine: Engine = {
      ...stage.engine,
      async command(sql) {
        await pause(sql.startsWith('EXCHANGE') ? 50 : 0);
        await stage.engine.command(sql);
      },
    };
    for (let delay = 0; delay < 400; delay += 100) {
      await plant();
      await rebuildTables(stage.rebuilding(mortal(1)), FULLY).catch(() => undefined);
      expect(isExchanging(await live())).toBe(true);
      const refilled = pause(delay).then(() => refillTables(stage.rebuilding({ engine })));
      const finished = await Promise.allSettled([
        rebuildTables(stage.rebuilding({ engine }), FULLY),
        refilled,
      ]);
      const refusals = finished.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(refusals).toEqual(refusals.map(() => expect.objectContaining({ code: 'rebuild_under_way' })));
      if (isExchanging(await live())) await rebuildTables(stage.rebuilding(), FULLY);
      expect(await sums(), `${delay} ms`).toEqual(clean);
    }
  });

  it('is not begun by a projector of another group, or whose offsets are lost', async () => {
    const other = `${stage.topic.name}-other`;
    const stated = (await live()).map(() => ({ offset: 0, metadata: '' }));
    await stage.topic.moveGroup(other, stated);
    const before = await live();
    const marks = () => stage.engine.reader.all(uuids, {});
    const tables = await marks();
    const work = { ...stage.rebuilding(), groups: groupsOf(other) };
    await expect(refillTables(work)).rejects.toMatchObject({ code: 'tables_ahead' });
    expect([await live(), await marks()]).toEqual([before, tables]);
  });

  it('leaves its room to the live tables where the disk is full', async () => {
    const full = new Fault('disk_full', 'the disk of the tables is full', { retryable: true });
    const [before, shadow] = [await sums(), stage.rebuilding().shadow];
    const refilled = refillTables({ ...stage.rebuilding(), outage: () => full });
    await expect(refilled).rejects.toMatchObject({ code: 'disk_full' });
    await expect(shadow.marks(['training_step'])).rejects.toMatchObject({ code: 'shadow_lost' });
    await refillTables(stage.rebuilding());
    expect(await sums()).toEqual(before);
  });

  it('keeps the planned batch of a dead projector, so that its late insert counts once', async () => {
    const before = await live();
    await fill(5);
    const ends = (await stage.topic.bounds()).map(({ end }) => end);
    const planned = before.map((checkpoint, partition) =>
      planOf(checkpoint, partition, ends[partition] ?? 0),
    );
    await stage.topic.moveGroup(stage.topic.name, commitsOf(planned));
    const rebuilt = await rebuildTables(stage.rebuilding(), FULLY);
    expect(rebuilt).toMatchObject({
      equal: true,
      exchanged: true,
      notCompared: expect.arrayContaining(['training_run_latest']),
    });
    expect((await live()).map(({ states }) => states.tables)).toEqual(
      planned.map(({ states }) => states.tables),
    );
    await insertLate();
    await project();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true, notCompared: [] });
    expect((await sums())[0]?.rows).toBe(2500);
  });

  it('fills a short register again beside a batch that a dead projector had inserted and not committed', async () => {
    const before = await live();
    await fill(5);
    const ends = (await stage.topic.bounds()).map(({ end }) => end);
    const planned = before.map((checkpoint, partition) =>
      planOf(checkpoint, partition, ends[partition] ?? 0),
    );
    await stage.topic.moveGroup(stage.topic.name, commitsOf(planned));
    await stage.engine.command('TRUNCATE TABLE tributary.log_event');
    await insertLate();
    expect(await rebuildTables(stage.rebuilding(), FULLY)).toMatchObject({ exchanged: true });
    await project();
    expect(await rebuildTables(stage.rebuilding(), VERIFY)).toMatchObject({ equal: true });
    expect((await sums())[0]?.rows).toBe(2500);
  });

  /** Inserts the planned batch without a commit. */
  const insertLate = async (): Promise<void> => {
    const work = (assignment: PartitionAssignment): Promise<void> =>
      stage.project({
        partition: assignment.partition,
        committed: assignment.committed,
        lost: assignment.lost,
        read: (range) => assignment.read(range),
        waitForRecord: (from, signal) => assignment.waitForRecord(from, signal),
        end: () => assignment.end(),
        first: () => undefined,
        interruptions: () => 0,
        checkLease: () => assignment.checkLease(),
        confirmLease: () => assignment.confirmLease(),
        commit: () => Promise.reject(new Error('too late')),
      });
    const membership = await stage.topic.join({ group: stage.topic.name, queueBytes: 1_000_000, work });
    await expect.poll(async () => (await sums())[0]?.rows, { timeout: 20_000 }).toBe(2500);
    await membership.leave();
  };
});

const uuids = asQuery<{ name: string; uuid: string }>(
  "SELECT name, toString(uuid) AS uuid FROM system.tables WHERE database = 'tributary' ORDER BY name",
);

/** The checkpoint with a batch planned up to the end of the partition. */
function planOf({ offset, states }: GroupCheckpoint, partition: number, end: number): GroupCheckpoint {
  const [from, to] = [offset, end].map((number) => formatEventPosition(eventPosition(partition, number)));
  const tables: TablesState = {
    kind: 'planned',
    position: from ?? START,
    generation: { epoch: 1, version: 'v1' },
    batch: { from: from ?? START, to: to ?? START, token: `1@v1:${from}-${to}` },
  };
  return { offset, states: { ...states, tables } };
}
