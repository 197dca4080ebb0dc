import type { Engine } from '@tributary/clickhouse';
import type { EventLog } from '@tributary/event-log';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TableChecksum } from '../checksum.ts';
import { openRebuilding } from './rebuilding.suite.ts';
import type { Parts, Rebuilding } from './rebuilding.suite.ts';

let house: Rebuilding;

beforeEach(async () => {
  house = await openRebuilding();
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
    insert: lasting(() => 'insert', engine.insert.bind(engine)),
  };
  const cursors: EventLog['cursors'] = {
    get: (name) => log.cursors.get(name),
    set: lasting(
      (name: string) => `cursor ${name}`,
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
  await live.rebuildBeside().catch((reason: unknown) => {
    if (!parts.isDead()) throw reason;
  });
  await live.stop();
  return { isDead: parts.isDead(), steps: parts.steps.slice(start) };
}

const isWhole = async (expected: readonly TableChecksum[]): Promise<void> => {
  expect(await house.beside()).toEqual([]);
  expect(await house.sums()).toEqual(expected);
};

it('is finished or undone by the next start, after whichever step it is killed', async () => {
  await house.fill(3);
  const first = await house.start();
  await first.reached(house.log.head());
  const expected = await house.sums();
  const seen = new Set<string>();
  for (let kill = 1; ; kill += 1) {
    const { isDead, steps } = await killed((_, count) => count === kill);
    seen.add(steps.at(-1) ?? '');
    const next = await house.start();
    expect(next.fault(), `after ${steps.at(-1)}`).toBeUndefined();
    await next.reached(house.log.head());
    await isWhole(expected);
    if (!isDead) break;
  }
  expect([...seen]).toEqual(
    expect.arrayContaining(['cursor exchange', 'cursor tables', 'cursor misfits', 'insert']),
  );
  const last = await house.start();
  await house.fill(1);
  await last.reached(house.log.head());
  expect(await last.rebuildBeside({ verify: true })).toMatchObject({ equal: true });
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
    expect(await next.rebuildBeside({ verify: true })).toMatchObject({ equal: true });
  },
);

it('leaves the exchange to the emptying when another version starts after the kill', async () => {
  await house.fill(2);
  expect(await killed((step) => step.startsWith('EXCHANGE'))).toMatchObject({ isDead: true });
  const next = await house.start({ version: 'v2' });
  await next.reached(house.log.head());
  expect(await house.beside()).toEqual([]);
  expect(await next.rebuildBeside()).toMatchObject({ equal: true, exchanged: true });
  expect(house.log.cursors.get('tables')?.planned?.token).toMatch(/^3@v2:/);
});

it('fills the tables again when somebody dropped what was to be exchanged', async () => {
  await house.fill(2);
  expect(await killed((step) => step.startsWith('EXCHANGE'))).toMatchObject({ isDead: true });
  for (const name of await house.beside()) await house.engine.command(`DROP TABLE tributary.${name}`);
  const next = await house.start();
  await next.reached(house.log.head());
  expect((await house.sums())[0]?.rows).toBe(400);
  expect(await next.rebuildBeside({ verify: true })).toMatchObject({ equal: true });
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
  await expect(live.rebuildBeside()).rejects.toThrow('no answer');
  expect(live.fault()).toMatchObject({ message: 'no answer' });
  isBroken = false;
  await house.fill(1);
  expect(await live.rebuildBeside()).toMatchObject({ equal: true, exchanged: true });
  expect(live.fault()).toBeUndefined();
  await live.reached(house.log.head());
  expect((await house.sums())[0]?.rows).toBe(600);
});
