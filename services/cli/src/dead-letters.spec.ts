import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { deadLettersAnswer, deadLettersText, deadLetterText } from './dead-letters.ts';
import type { Counts, DeadLetter } from './dead-letters.ts';

const schemas = join(import.meta.dirname, '../../../schemas');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(schemas, 'answers/dead-letters.json'), 'utf8')),
);

const deadLetter: DeadLetter = {
  id: 'ab'.repeat(16),
  endpoint: 'POST /v1/events',
  contentType: 'application/cloudevents+json',
  size: 9,
  code: 'invalid_json',
  message: 'not JSON',
  pointer: '',
  value: null,
  explanation: 'The event: not JSON.',
  firstSeen: '2026-11-24T12:00:00.000000Z',
  lastSeen: '2026-11-24T12:00:01.000000Z',
  seen: 2,
  state: 'parked',
  position: null,
  history: [
    {
      at: '2026-11-24T12:00:02.000000Z',
      actor: 'mara',
      action: 'replay',
      outcome: 'refused',
      reason: 'invalid_json: not JSON',
      fixed: true,
    },
  ],
};
const counts: Counts = {
  parked: 1,
  replayed: 0,
  discarded: 3,
  byCode: [{ code: 'invalid_json', count: 1 }],
  bytes: 9,
};

it.each([
  ['a list', { deadLetters: [deadLetter], next: deadLetter.id, counts }],
  ['one dead letter', { deadLetters: [{ ...deadLetter, text: '{', lossy: false }] }],
  [
    'a discarded dead letter',
    { deadLetters: [{ ...deadLetter, state: 'discarded', text: null, lossy: false }] },
  ],
  ['nothing', { deadLetters: [], next: null, counts }],
])('prints %s as its schema says', (_what, shown) => {
  isAnswer(JSON.parse(JSON.stringify(deadLettersAnswer(shown))));
  expect(isAnswer.errors ?? []).toEqual([]);
});

it('lists dead letters, and how to see more of them', () => {
  const text = deadLettersText({ deadLetters: [deadLetter], next: deadLetter.id, counts });
  expect(text).toContain(`${deadLetter.id}  parked`);
  expect(text).toContain(`more: --after ${deadLetter.id}`);
  expect(text).toContain('1 parked, 0 replayed, 3 discarded');
});

it('shows a dead letter with its explanation, its history and its text, without control characters', () => {
  const text = deadLetterText({ ...deadLetter, text: '{\u001b[2J', lossy: true });
  expect(text).toContain(deadLetter.explanation);
  expect(text).toContain('mara: replay, refused: invalid_json: not JSON');
  expect(text).toContain('{\uFFFD[2J');
});

it.each([
  [1, `refused once by POST /v1/events (application/cloudevents+json, 9 bytes), at ${deadLetter.firstSeen}`],
  [
    2,
    `refused twice by POST /v1/events (application/cloudevents+json, 9 bytes), first ${deadLetter.firstSeen}`,
  ],
  [1200, 'refused 1,200 times by'],
])('says how often it was refused: %i', (seen, text) => {
  expect(deadLetterText({ ...deadLetter, seen })).toContain(text);
});
