import { expect, it } from 'vitest';
import type { Answers } from './history-model.fixture.ts';
import { violations } from './history-model.fixture.ts';
import { ALL, anEvent, NOON } from './log-under-test.fixture.ts';
import { memoryLog } from './memory-log.ts';
import type { History } from './random-history.fixture.ts';

const [first, second] = [anEvent({ id: 'a' }), anEvent({ id: 'b' })];
const HISTORY: History = [
  [
    { atomic: true, events: [first] },
    { atomic: true, events: [second] },
  ],
];
const TOLD: Answers = new Map([
  ['0/0', [{ position: '1', sequence: 1 }]],
  ['0/1', [{ position: '2', sequence: 2 }]],
]);

async function recorded() {
  const log = memoryLog({ clock: () => NOON });
  for (const { events } of HISTORY.flat()) await log.append(events, { atomic: true });
  return log.read(ALL);
}

it('finds nothing where a log did what it said', async () => {
  expect(violations(HISTORY, TOLD, await recorded())).toEqual([]);
});

it('finds an acknowledged event that is gone', async () => {
  expect(violations(HISTORY, TOLD, (await recorded()).slice(0, 1))).toEqual([
    'b was acknowledged and is lost',
  ]);
});

it('finds an event that is stored twice', async () => {
  const records = await recorded();
  expect(violations(HISTORY, TOLD, [...records, ...records.slice(0, 1)])).toContain(
    '1 events are stored twice',
  );
});

it('finds an order that its client did not send', async () => {
  const [one, two] = await recorded();
  const swapped = [
    { ...two, streamSequence: 1 },
    { ...one, streamSequence: 2 },
  ] as Parameters<typeof violations>[2];
  expect(violations(HISTORY, new Map(), swapped)).toEqual(['b came before what its client sent earlier']);
});

it('finds an event of an offer that was refused', async () => {
  const refused: Answers = new Map([...TOLD, ['0/1', ['refused']]]);
  expect(violations(HISTORY, refused, await recorded())).toEqual(['b was refused or never offered']);
});

it('finds a conflict that was none', async () => {
  const conflict: Answers = new Map([...TOLD, ['0/1', ['conflict']]]);
  expect(violations(HISTORY, conflict, await recorded())).toContain('b is no conflict');
});
