import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact } from '@tributary/contracts';
import { memoryLog } from '@tributary/event-log';
import { aFact, anEvent, insertRows, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { heedingCorrections } from '@tributary/kernel';
import type { Query } from '@tributary/kernel';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { correctionProjection, withCorrected } from './corrections.ts';
import { unresolvedCorrections } from './unresolved-corrections.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

const compare = {
  name: 'compare',
  sql: `SELECT arrayMap(position -> tributaryIsAtOrBefore(position, {as_of:Array(UInt64)}), {positions:Array(UInt64)}) AS included`,
  params: { parse: (value: unknown) => value as Record<string, unknown> },
  row: { parse: (value: unknown) => value as { included: number[] } },
};

it('compares a position with the end of its own partition, and includes none of a partition without an end', async () => {
  const [first, second, third] = [0, 2 ** 40, 2 ** 41];
  const rows = await store.engine.reader.all(compare, {
    as_of: [5, second + 3],
    positions: [first + 5, first + 6, second + 3, second + 4, third + 1],
  });
  expect(rows).toEqual([{ included: [1, 0, 1, 0, 0] }]);
});

const correctedEvents = {
  name: 'corrected-events',
  sql: readFileSync(join(import.meta.dirname, '../../kernel/src/queries/corrected-events.sql'), 'utf8'),
  params: z.object({ as_of: z.array(z.number()) }),
  row: z.object({ corrected_position: z.coerce.number() }),
};

/** A question of which events count, as questions that read corrections ask it. */
const countedEvents: Query<{ as_of: number[]; events: number }, number[]> = {
  name: 'counted-events',
  sql: `SELECT groupArray(number) AS counted FROM numbers(1, {events:UInt64}) WHERE number NOT IN (
    ${correctedEvents.sql.replace(/^(?:--[^\n]*\n)+/, '').trim()})`,
  withoutCorrections: 'SELECT groupArray(number) AS counted FROM numbers(1, {events:UInt64})',
  params: z.object({ as_of: z.array(z.number()), events: z.number() }),
  row: z.object({ counted: z.array(z.coerce.number()) }).transform(({ counted }) => counted),
};

/** The events that count by then, and whether the text that was read names those that do not. */
async function countedBy(position: number) {
  const texts: string[] = [];
  const reader = heedingCorrections({
    all: (asked, params) => {
      if (asked.name === countedEvents.name) texts.push(asked.sql);
      return store.engine.reader.all(asked, params);
    },
  });
  const [counted = []] = await reader.all(countedEvents, { as_of: [position], events: position });
  return { counted, isNamed: !texts.some((text) => text.includes('log_correction')) };
}

/** An event of one of two streams. The one that it corrects may be recorded later, of the other stream, itself, or none. */
type Planned = { readonly stream: number; readonly corrects: number | null };

const [EVENTS, NEAR] = [60, 10];

/** What an event corrects: one nearby, before or after; the last of its stream, which makes chains; any before, which makes trees. */
const aTarget = fc.oneof(
  { weight: 3, arbitrary: fc.record({ near: fc.nat(NEAR) }) },
  { weight: 4, arbitrary: fc.constant('last' as const) },
  { weight: 2, arbitrary: fc.record({ before: fc.nat(EVENTS) }) },
  { weight: 2, arbitrary: fc.constant(null) },
);

const aPlan = fc
  .array(fc.record({ stream: fc.nat(1), target: aTarget }), { minLength: EVENTS, maxLength: EVENTS })
  .map((events) =>
    events.map(({ stream, target }, index): Planned => {
      if (target === null) return { stream, corrects: null };
      if (target === 'last') {
        const last = events.slice(0, index).findLastIndex((event) => event.stream === stream);
        return { stream, corrects: last < 0 ? null : last };
      }
      const corrects = 'near' in target ? index - (index % NEAR) + target.near : target.before % (index + 1);
      return { stream, corrects };
    }),
  );

/** Which events do not count, and which corrections are in doubt, folded event by event. Positions begin with 1. */
function foldOf(plan: readonly Planned[], position: number) {
  const versions = new Map<number, number[]>();
  const roots: number[] = [];
  const unresolved = new Set<number>();
  for (const [index, { stream, corrects }] of plan.slice(0, position).entries()) {
    const isResolved = corrects !== null && corrects < index && plan[corrects]?.stream === stream;
    const root = isResolved ? (roots[corrects] ?? index) : index;
    roots.push(root);
    versions.set(root, [...(versions.get(root) ?? []), index + 1]);
    if (corrects !== null && !isResolved) unresolved.add(index + 1);
  }
  const replaced = [...versions.values()].flatMap((positions) => positions.slice(0, -1));
  const inDoubt = [...unresolved].filter((one) => !replaced.includes(one));
  return { replaced: replaced.toSorted((a, b) => a - b), inDoubt };
}

const factOf = ({ stream, corrects }: Planned): Fact<'training.run.ended'> => ({
  ...aFact('training.run.ended', { runId: `r${stream}`, attempt: 1, status: 'failed', lastStep: 1 }),
  ...(corrects === null ? {} : { corrects: `e${corrects}`, correctionreason: 'wrong', actor: 'somebody' }),
});

const rowOf = (fact: Fact, position: number) =>
  correctionProjection.project(fact, { _position: position, recorded_at: position });

it('counts of an event and all that correct it the last recorded, as of every position and in any order', async () => {
  const [plan = []] = fc.sample(aPlan, { numRuns: 1, seed: 20_261_129 });
  const log = memoryLog();
  const facts = plan.map(factOf);
  const rows = [];
  for (const [index, fact] of facts.entries()) {
    await log.append([anEvent('training.run.ended', `e${index}`, fact.data)], { atomic: true });
    rows.push(rowOf(await withCorrected(fact, index + 1, log), index + 1));
  }
  await insertRows(store.engine, 'plan', rows);
  for (let position = 1; position <= EVENTS; position += 1) {
    const as_of = [position];
    const corrected = await store.engine.reader.all(correctedEvents, { as_of });
    const doubtful = await store.engine.reader.all(unresolvedCorrections, { first: EVENTS, as_of });
    expect({
      replaced: corrected.map((row) => row.corrected_position).toSorted((a, b) => a - b),
      inDoubt: doubtful.map((row) => row.position),
    }).toEqual(foldOf(plan, position));
    const { replaced } = foldOf(plan, position);
    const counted = Array.from({ length: position }, (_, index) => index + 1);
    expect(await countedBy(position)).toEqual({
      counted: counted.filter((one) => !replaced.includes(one)),
      isNamed: true,
    });
  }
  const rebuilt = [];
  for (const [index, fact] of facts.entries())
    rebuilt.push(rowOf(await withCorrected(fact, index + 1, log), index + 1));
  expect(rebuilt).toEqual(rows);
});

/** Fails where the engine needs more memory; a reader takes no settings. */
const countWithin = (bytes: number): string =>
  `INSERT INTO FUNCTION null('replaced UInt64') SELECT count()
  FROM (${correctedEvents.sql.replaceAll('{as_of:Array(UInt64)}', '[1000000]')})
  SETTINGS max_memory_usage = ${bytes}`;

it('follows 10,000 corrections, each of the one before, in the memory of a small question', async () => {
  await store.renew();
  const links = 10_000;
  await store.engine.command(`INSERT INTO tributary.log_correction
    SELECT number + 1, 'training.run.ended', 'run/r', 'wrong', 'somebody', number + 2, 0 FROM numbers(${links})`);
  await store.engine.command(countWithin(32 * 1024 ** 2));
  const corrected = await store.engine.reader.all(correctedEvents, { as_of: [links + 1] });
  const positions = corrected.map((row) => row.corrected_position).toSorted((a, b) => a - b);
  expect(positions).toEqual(Array.from({ length: links }, (_, index) => index + 1));
});

it.each([999, 1000, 1001, 10_000])(
  'asks which events count with the same answer, whether %i corrected ones are named in its text or found by it',
  async (links) => {
    await store.renew();
    await store.engine.command(`INSERT INTO tributary.log_correction
      SELECT number + 1, 'training.run.ended', 'run/r', 'wrong', 'somebody', number + 2, 0 FROM numbers(${links})`);
    expect(await countedBy(links + 1)).toEqual({ counted: [links + 1], isNamed: links <= 1000 });
  },
);
