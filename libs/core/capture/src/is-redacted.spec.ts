import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRedacted } from './is-redacted.ts';

it.each([
  ['a text', '{"a":"x [redacted:listed] y","b":1}', '{"a":"x sekret1 y","b":1}', true],
  ['two texts', '["[redacted:listed]","[redacted:listed]"]', '["sekret1","sekret2"]', true],
  ['one of two', '["[redacted:listed]","[redacted:listed]"]', '["[redacted:listed]","sekret2"]', true],
  ['a number', '{"pin":"[redacted:listed]","b":1}', '{"pin":12345678,"b":1}', true],
  ['a number as 0', '{"a":"[redacted:listed]","step":0}', '{"a":"sekret1","step":12345678}', true],
  ['names', '{"[redacted:listed]":1,"[redacted:listed]-2":2}', '{"sekret1":1,"sekret2":2}', true],
  ['no secret', '{"a":"x"}', '{"a":"y"}', false],
  ['the placeholder itself', '{"a":"[redacted:listed]","b":1}', '{"a":"[redacted:listed]","b":2}', false],
  ['another piece', '{"a":"[redacted:listed]","b":1}', '{"a":"sekret1","b":2}', false],
  ['another beginning', '{"a":"x [redacted:listed]"}', '{"a":"y sekret1"}', false],
  ['a number that is no secret', '{"a":"[redacted:listed]","b":0}', '{"a":"sekret1","b":7}', false],
  ['pieces that overlap', '"aba[redacted:listed]aba"', '"ababa"', false],
])('tells what was redacted from another event: %s', (_what, stored, sent, expected) => {
  expect(isRedacted(Buffer.from(stored), Buffer.from(sent))).toBe(expected);
});

it('finds long texts between placeholders wherever they begin', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 256, maxLength: 400 });
  fc.assert(
    fc.property(part, part, (kept, secret) => {
      const stored = `x[redacted:a]${kept}[redacted:a]z`;
      expect(isRedacted(Buffer.from(stored), Buffer.from(`x${secret}${kept}${secret}z`))).toBe(true);
      expect(isRedacted(Buffer.from(stored), Buffer.from(`x${secret}${kept.slice(1)}!z`))).toBe(
        `${secret}${kept.slice(1)}!`.includes(kept),
      );
    }),
    { seed: 7, numRuns: 300 },
  );
});

it('takes no more than linear work where a long text hardly differs from many places of another', () => {
  const blanks = ' '.repeat(400_000);
  const stored = `{"a":"[redacted:a]"${blanks},"x":${blanks}"[redacted:a]"}`;
  const sent = `{"a":"secret"${blanks}${blanks}"other"}`;
  expect(isRedacted(Buffer.from(stored), Buffer.from(sent))).toBe(false);
});
