import type { Engine, Insert } from '@tributary/clickhouse';
import type { Cursor, EventLog } from '@tributary/event-log';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRebuildStage, stepsOf } from './rebuild.fixture.ts';
import type { Parts, RebuildStage } from './rebuild.fixture.ts';

let stage: RebuildStage;

beforeEach(async () => {
  stage = await openRebuildStage();
});
afterEach(() => stage.remove());

/** A durable effect of a process: a statement, an insert, or a cursor. */
type Step = string;

/** Log and engine of a process that is killed right after a step: later calls have no effect. */
function mortal({ engine, log }: Parts, diesAfter: (step: Step, count: number) => boolean) {
  const steps: Step[] = [];
  let dead = false;
  const lasting =
    <Given extends readonly unknown[]>(
      name: (...given: Given) => Step,
      act: (...given: Given) => Promise<void>,
    ) =>
    async (...given: Given): Promise<void> => {
      if (dead) throw new Error('killed');
      await act(...given);
      const step = name(...given);
      steps.push(step);
      dead = diesAfter(step, steps.length);
      if (dead) throw new Error('killed');
    };
  const mortalEngine: Engine = {
    ...engine,
    command: lasting((sql: string) => sql.trim().slice(0, 40), engine.command.bind(engine)),
    insert: lasting((_batch: Insert) => 'insert', engine.insert.bind(engine)),
  };
  const cursors: EventLog['cursors'] = {
    get: (name) => log.cursors.get(name),
    set: lasting(
      (name: string, _cursor: Cursor) => `cursor ${name}`,
      (name, cursor) => log.cursors.set(name, cursor),
    ),
  };
  const mortalLog = new Proxy(log, {
    get: (target, key) => {
      if (key === 'cursors') return cursors;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { engine: mortalEngine, log: mortalLog, steps, isDead: () => dead };
}

/** Runs a rebuild that is killed after a step; whether it was killed. */
async function killed(diesAfter: (step: Step, count: number) => boolean) {
  let armed = false;
  let start = 0;
  const parts = mortal(stage, (step, count) => {
    if (!armed) start = count;
    return armed && diesAfter(step, count - start);
  });
  const live = await stage.start({}, parts);
  await live.reached(stage.log.head());
  armed = true;
  await live.rebuildInShadow().catch((reason: unknown) => {
    if (!parts.isDead()) throw reason;
  });
  await live.stop();
  return { isDead: parts.isDead(), steps: parts.steps.slice(start) };
}

/** Inserts a row that no event made, at the position of one that is understood. It changes all four tables. */
const plant = () =>
  stage.engine.command(
    "INSERT INTO tributary.training_step (run_id, step, _position) VALUES ('run-x', 1, 2)",
  );

const epoch = (): number => Number.parseInt(stage.log.cursors.get('tables')?.planned?.token ?? '', 10);

/** A process that is killed after so many steps of a rebuild, and the next one. Whether the first one was killed. */
async function killAfter(kill: number, seen: Set<string>): Promise<boolean> {
  const { isDead, steps } = await killed((_, count) => count === kill);
  seen.add(steps.at(-1) ?? '');
  const next = await stage.start();
  await next.reached(stage.log.head());
  expect(await stage.shadowTables(), `after ${steps.at(-1)}`).toEqual([]);
  expect(next.unprojected(), `after ${steps.at(-1)}`).toMatchObject({ count: 1 });
  return isDead;
}

it('is finished or undone by the next start after a kill at any step', async () => {
  await stage.log.append([stepsOf('failing', 0)], { atomic: true });
  await stage.fill(3);
  await (await stage.start()).reached(stage.log.head());
  const clean = await stage.sums();
  await plant();
  const planted = await stage.sums();
  const seen = new Set<string>();
  let finished = 0;
  for (let kill = 1; ; kill += 1) {
    const before = epoch();
    const isDead = await killAfter(kill, seen);
    const isFinished = epoch() > before;
    expect(await stage.sums(), `after step ${kill}`).toEqual(isFinished ? clean : planted);
    if (!isDead) break;
    if (isFinished) await plant();
    if (isFinished) finished += 1;
  }
  expect(finished).toBeGreaterThan(4);
  expect([...seen]).toEqual(
    expect.arrayContaining(['cursor exchange', 'cursor tables', 'cursor misfits', 'insert']),
  );
});

it.each([1, 2, 3, 4])(
  'finishes the exchange after a kill at exchange %i, and follows the log',
  async (number) => {
    await stage.fill(2);
    let exchanges = 0;
    const isKillPoint = (step: Step) => step.startsWith('EXCHANGE') && (exchanges += 1) === number;
    expect(await killed(isKillPoint)).toMatchObject({ isDead: true });
    const next = await stage.start();
    await stage.fill(2);
    await next.reached(stage.log.head());
    expect(stage.log.cursors.get('tables')?.planned?.token).toMatch(/^2@v1:/);
    expect(await next.rebuildInShadow({ verify: true })).toMatchObject({ equal: true });
  },
);

it('drops the exchange and empties the tables when another version starts after the kill', async () => {
  await stage.fill(2);
  expect(await killed((step) => step.startsWith('EXCHANGE'))).toMatchObject({ isDead: true });
  const next = await stage.start({ version: 'v2' });
  await next.reached(stage.log.head());
  expect(await stage.shadowTables()).toEqual([]);
  expect(await next.rebuildInShadow()).toMatchObject({ equal: true, exchanged: true });
  expect(stage.log.cursors.get('tables')?.planned?.token).toMatch(/^3@v2:/);
});

it('fills the tables again when the tables to be exchanged were dropped', async () => {
  await stage.fill(2);
  expect(await killed((step) => step.startsWith('EXCHANGE'))).toMatchObject({ isDead: true });
  for (const name of await stage.shadowTables()) await stage.engine.command(`DROP TABLE tributary.${name}`);
  const next = await stage.start();
  await next.reached(stage.log.head());
  expect((await stage.sums())[0]?.rows).toBe(400);
  expect(await next.rebuildInShadow({ verify: true })).toMatchObject({ equal: true });
});

it('stops when the exchange fails in a running process, and the next rebuild finishes it', async () => {
  await stage.fill(2);
  let isBroken = true;
  let exchanges = 0;
  const engine: Engine = {
    ...stage.engine,
    command: async (sql) => {
      if (sql.startsWith('EXCHANGE') && isBroken && (exchanges += 1) === 2) throw new Error('no answer');
      await stage.engine.command(sql);
    },
  };
  const live = await stage.start({}, { engine });
  await live.reached(stage.log.head());
  await expect(live.rebuildInShadow()).rejects.toThrow('no answer');
  expect(live.fault()).toMatchObject({ message: 'no answer' });
  isBroken = false;
  await stage.fill(1);
  expect(await live.rebuildInShadow()).toMatchObject({ equal: true, exchanged: true });
  expect(live.fault()).toBeUndefined();
  await live.reached(stage.log.head());
  expect((await stage.sums())[0]?.rows).toBe(600);
});
