import { expect, it } from 'vitest';
import type { Answers } from './history-model.fixture.ts';
import { violations } from './history-model.fixture.ts';
import { ALL, anEvent, FIXED_TIME } from './log-under-test.fixture.ts';
import { memoryLog } from './memory-log.ts';
import type { History } from './random-history.fixture.ts';

const [first, second] = [anEvent({ id: 'a' }), anEvent({ id: 'b' })];
const HISTORY: History = [
  [
    { atomic: true, events: [first] },
    { atomic: true, events: [second] },
  ],
];
const ANSWERS: Answers = new Map([
  ['0/0', [{ position: '1', sequence: 1 }]],
  ['0/1', [{ position: '2', sequence: 2 }]],
]);

async function recorded() {
  const log = memoryLog({ clock: () => FIXED_TIME });
  for (const { events } of HISTORY.flat()) await log.append(events, { atomic: true });
  return log.read(ALL);
}

it('finds nothing in a correct log', async () => {
  expect(violations(HISTORY, ANSWERS, await recorded())).toEqual([]);
});

it('finds a lost event that was acknowledged', async () => {
  expect(violations(HISTORY, ANSWERS, (await recorded()).slice(0, 1))).toEqual([
    'b was acknowledged and is lost',
  ]);
});

it('finds an event that is stored twice', async () => {
  const records = await recorded();
  expect(violations(HISTORY, ANSWERS, [...records, ...records.slice(0, 1)])).toContain(
    '1 events are stored twice',
  );
});

it('finds an order that differs from that of the client', async () => {
  const [one, two] = await recorded();
  const swapped = [
    { ...two, streamSequence: 1 },
    { ...one, streamSequence: 2 },
  ] as Parameters<typeof violations>[2];
  expect(violations(HISTORY, new Map(), swapped)).toEqual(['b precedes an earlier event of its client']);
});

it('finds an event of a refused request', async () => {
  const refused: Answers = new Map([...ANSWERS, ['0/1', ['refused']]]);
  expect(violations(HISTORY, refused, await recorded())).toEqual(['b was refused or never sent']);
});

it('finds a wrong conflict', async () => {
  const conflict: Answers = new Map([...ANSWERS, ['0/1', ['conflict']]]);
  expect(violations(HISTORY, conflict, await recorded())).toContain('b is not a conflict');
});
