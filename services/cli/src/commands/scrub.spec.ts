import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { scrubText, secretsOf } from './scrub.ts';
import type { ScrubAnswer } from './scrub.ts';

const schema = new URL('../../../../schemas/answers/scrub.json', import.meta.url);
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const found: ScrubAnswer = {
  dryRun: true,
  completed: false,
  events: ['2', '17'],
  blobs: ['ab'.repeat(32)],
  deadLetters: 1,
  kinds: { hugging_face_token: 2, named_secret: 1 },
};

it('says what there is by part and kind, and what to do', () => {
  expect(isAnswer(found)).toBe(true);
  expect(scrubText('/srv/data', found).split('\n')).toEqual([
    'log           2 events (positions 2, 17)',
    'blobs         1',
    'dead letters  1',
    'kinds         hugging_face_token 2, named_secret 1',
    '',
    'nothing was changed; without --dry-run they are removed from /srv/data',
  ]);
  const removed = { ...found, dryRun: false, position: '40' };
  expect(isAnswer(removed)).toBe(true);
  expect(scrubText('/srv/data', removed)).toContain('removed; the fact at 40 says so');
});

it('says that there is nothing, and that an interrupted one is complete', () => {
  const nothing = { ...found, events: [], blobs: [], deadLetters: 0, kinds: {} };
  expect(isAnswer(nothing)).toBe(true);
  expect(scrubText('/srv/data', nothing)).toBe('no secrets found');
  expect(scrubText('/srv/data', { ...nothing, completed: true })).toContain('is complete');
});

it.each([
  ['UTF-8', Buffer.from('pässword1\nsekret2\n')],
  ['UTF-8 with a mark and the line ends of Windows', Buffer.from('\uFEFFpässword1\r\nsekret2\r\n')],
  ['UTF-16', Buffer.from('\uFEFFpässword1\r\nsekret2\r\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\uFEFFpässword1\nsekret2', 'utf16le').swap16()],
])('reads a file of secrets in %s', (_encoding, bytes) => {
  expect(secretsOf(bytes)).toEqual(['pässword1', 'sekret2']);
});

it.each([
  ['no encoding that it knows', Buffer.from('pässword1\n', 'latin1'), 'UTF-8'],
  ['UTF-16 without a mark', Buffer.from('password1\n', 'utf16le'), 'UTF-8'],
  ['a short line', Buffer.from('password1\nabc\n'), 'secret 2 of --secret-file'],
  [
    'a few digits of ids and digests',
    Buffer.from('password1\ndeadbeef-01'),
    'secret 2 of --secret-file is made of',
  ],
  ['a few decimal digits', Buffer.from('12345678901'), 'fewer than 12'],
  ['no line', Buffer.from('\n\n'), 'no line with a secret'],
])('refuses a file of secrets with %s', (_what, bytes, message) => {
  expect(() => secretsOf(bytes)).toThrow(message);
});

it.each(['deadbeef-0123', '123456789012', 'deadbeeg'])('takes %s for a secret', (secret) => {
  expect(secretsOf(Buffer.from(secret))).toEqual([secret]);
});
