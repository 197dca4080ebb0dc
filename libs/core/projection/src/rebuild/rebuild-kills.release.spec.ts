import type { Engine, Insert } from '@tributary/clickhouse';
import type { Cursor, EventLog } from '@tributary/event-log';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRebuildStage, stepsOf } from './rebuild.fixture.ts';
import type { Parts, RebuildStage } from './rebuild.fixture.ts';

let house: RebuildStage;

beforeEach(async () => {
  house = await openRebuildStage();
});
afterEach(() => house.remove());

/** What a life does that outlasts it, in order: statements, inserts, cursors. */
type Step = string;

/** Log and engine of a process that is killed right after a step; nothing that it tries later happens. */
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

/** A life that rebuilds and is killed; whether it was. */
async function killed(diesAfter: (step: Step, count: number) => boolean) {
  let armed = false;
  let start = 0;
  const parts = mortal(house, (step, count) => {
    if (!armed) start = count;
    return armed && diesAfter(step, count - start);
  });
  const live = await house.start({}, parts);
  await live.reached(house.log.head());
  armed = true;
  await live.rebuildInShadow().catch((reason: unknown) => {
    if (!parts.isDead()) throw reason;
  });
  await live.stop();
  return { isDead: parts.isDead(), steps: parts.steps.slice(start) };
}

/** A row by hand that no event made; it changes all four tables. */
const plant = () =>
  house.engine.command(
    "INSERT INTO tributary.training_step (run_id, step, _position) VALUES ('run-x', 1, 1)",
  );

const epoch = (): number => Number.parseInt(house.log.cursors.get('tables')?.planned?.token ?? '', 10);

/** A life, which is killed after so many steps of a rebuild, and the next one. Whether the first one was killed. */
async function lifeAfter(kill: number, seen: Set<string>): Promise<boolean> {
  const { isDead, steps } = await killed((_, count) => count === kill);
  seen.add(steps.at(-1) ?? '');
  const next = await house.start();
  await next.reached(house.log.head());
  expect(await house.shadowTables(), `after ${steps.at(-1)}`).toEqual([]);
  expect(next.unprojected(), `after ${steps.at(-1)}`).toMatchObject({ count: 1 });
  return isDead;
}

it('is finished or undone by the next start, after whichever step it is killed', async () => {
  await house.log.append([stepsOf('misfit', 0)], { atomic: true });
  await house.fill(3);
  await (await house.start()).reached(house.log.head());
  const clean = await house.sums();
  await plant();
  const planted = await house.sums();
  const seen = new Set<string>();
  let finished = 0;
  for (let kill = 1; ; kill += 1) {
    const before = epoch();
    const isDead = await lifeAfter(kill, seen);
    const isFinished = epoch() > before;
    expect(await house.sums(), `after step ${kill}`).toEqual(isFinished ? clean : planted);
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
  'goes on exchanging where it was killed after exchange %i, and follows on',
  async (place) => {
    await house.fill(2);
    let exchanges = 0;
    const isPlace = (step: Step) => step.startsWith('EXCHANGE') && (exchanges += 1) === place;
    expect(await killed(isPlace)).toMatchObject({ isDead: true });
    const next = await house.start();
    await house.fill(2);
    await next.reached(house.log.head());
    expect(house.log.cursors.get('tables')?.planned?.token).toMatch(/^2@v1:/);
    expect(await next.rebuildInShadow({ verify: true })).toMatchObject({ equal: true });
  },
);

it('leaves the exchange to the emptying when another version starts after the kill', async () => {
  await house.fill(2);
  expect(await killed((step) => step.startsWith('EXCHANGE'))).toMatchObject({ isDead: true });
  const next = await house.start({ version: 'v2' });
  await next.reached(house.log.head());
  expect(await house.shadowTables()).toEqual([]);
  expect(await next.rebuildInShadow()).toMatchObject({ equal: true, exchanged: true });
  expect(house.log.cursors.get('tables')?.planned?.token).toMatch(/^3@v2:/);
});

it('fills the tables again when somebody dropped what was to be exchanged', async () => {
  await house.fill(2);
  expect(await killed((step) => step.startsWith('EXCHANGE'))).toMatchObject({ isDead: true });
  for (const name of await house.shadowTables()) await house.engine.command(`DROP TABLE tributary.${name}`);
  const next = await house.start();
  await next.reached(house.log.head());
  expect((await house.sums())[0]?.rows).toBe(400);
  expect(await next.rebuildInShadow({ verify: true })).toMatchObject({ equal: true });
});

it('stands still when the exchange fails in a living process, and the next try finishes it', async () => {
  await house.fill(2);
  let isBroken = true;
  let exchanges = 0;
  const engine: Engine = {
    ...house.engine,
    command: async (sql) => {
      if (sql.startsWith('EXCHANGE') && isBroken && (exchanges += 1) === 2) throw new Error('no answer');
      await house.engine.command(sql);
    },
  };
  const live = await house.start({}, { engine });
  await live.reached(house.log.head());
  await expect(live.rebuildInShadow()).rejects.toThrow('no answer');
  expect(live.fault()).toMatchObject({ message: 'no answer' });
  isBroken = false;
  await house.fill(1);
  expect(await live.rebuildInShadow()).toMatchObject({ equal: true, exchanged: true });
  expect(live.fault()).toBeUndefined();
  await live.reached(house.log.head());
  expect((await house.sums())[0]?.rows).toBe(600);
});
