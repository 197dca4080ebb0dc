import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { DISCARD, LIST, REPLAY, SHOW } from './commands/dead-letters.ts';
import { deadLettersAnswer, lettersText, letterText } from './dead-letters.ts';
import type { Counts, Letter } from './dead-letters.ts';

const schemas = join(import.meta.dirname, '../../../schemas');
const sdl = readdirSync(join(schemas, 'graphql'))
  .map((name) => readFileSync(join(schemas, 'graphql', name), 'utf8'))
  .join('\n')
  .replaceAll(/^type (Query|Mutation)/gm, 'extend type $1');
const api = buildSchema(`type Query\ntype Mutation\n${sdl}`, { assumeValid: true });
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(schemas, 'answers/dead-letters.json'), 'utf8')),
);

const letter: Letter = {
  id: 'ab'.repeat(16),
  endpoint: 'POST /v1/events',
  contentType: 'application/cloudevents+json',
  size: 9,
  code: 'invalid_json',
  message: 'not JSON',
  pointer: '',
  value: null,
  explanation: 'The piece as a whole: not JSON.',
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

it.each(Object.entries({ LIST, SHOW, REPLAY, DISCARD }))(
  'asks with %s only what the API offers',
  (_name, text) => {
    expect(validate(api, parse(text)).map(({ message }) => message)).toEqual([]);
  },
);

it.each([
  ['a list', { letters: [letter], next: letter.id, counts }],
  ['a letter', { letters: [{ ...letter, text: '{', lossy: false }] }],
  ['a discarded letter', { letters: [{ ...letter, state: 'discarded', text: null, lossy: false }] }],
  ['nothing', { letters: [], next: null, counts }],
])('prints %s as its schema says', (_what, shown) => {
  isAnswer(JSON.parse(JSON.stringify(deadLettersAnswer(shown))));
  expect(isAnswer.errors ?? []).toEqual([]);
});

it('lists letters with what to do to see more', () => {
  const text = lettersText({ letters: [letter], next: letter.id, counts });
  expect(text).toContain(`${letter.id}  parked`);
  expect(text).toContain(`more: --after ${letter.id}`);
  expect(text).toContain('1 parked, 0 replayed, 3 discarded');
});

it('shows a letter with its explanation, its history and its text, and lets that rewrite no screen', () => {
  const text = letterText({ ...letter, text: '{\u001b[2J', lossy: true });
  expect(text).toContain(letter.explanation);
  expect(text).toContain('mara: replay, refused: invalid_json: not JSON');
  expect(text).toContain('{\uFFFD[2J');
});

it.each([
  [1, `came once to POST /v1/events (application/cloudevents+json, 9 bytes), at ${letter.firstSeen}`],
  [2, `came twice to POST /v1/events (application/cloudevents+json, 9 bytes), first ${letter.firstSeen}`],
  [1200, 'came 1,200 times to'],
])('says how often a letter came: %i', (seen, words) => {
  expect(letterText({ ...letter, seen })).toContain(words);
});
