import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText, mutatedText, outcomeOf } from './json-text.fixture.ts';
import { parseJson } from './parse.ts';

const byParse = (bytes: Buffer) => outcomeOf(() => JSON.parse(bytes.toString('utf8')));
const byTokens = (bytes: Buffer) => outcomeOf(() => parseJson(bytes));

describe('a parser on the tokeniser', () => {
  it('gives the value that JSON.parse gives', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const bytes = Buffer.from(text);
        expect(byTokens(bytes)).toStrictEqual(byParse(bytes));
        expect(byTokens(bytes)).not.toBe('refused');
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });

  it('accepts and refuses what JSON.parse does on damaged texts', () => {
    const outcomes = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(mutatedText, (text) => {
        const bytes = Buffer.from(text);
        const expected = byParse(bytes);
        outcomes[expected === 'refused' ? 'refused' : 'accepted'] += 1;
        expect(byTokens(bytes)).toStrictEqual(expected);
      }),
      { seed: 7, numRuns: 10_000 },
    );
    expect(Math.min(outcomes.accepted, outcomes.refused)).toBeGreaterThan(1_000);
  });

  it('refuses random bytes as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        expect(byTokens(Buffer.from(bytes))).toStrictEqual(byParse(Buffer.from(bytes)));
      }),
      { seed: 7, numRuns: 5_000 },
    );
  });
});

it('reads nesting that would overflow a recursive parser', () => {
  const deep = Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  expect(byTokens(deep)).not.toBe('refused');
});

it.each([
  ['{"a":1,}', 'unexpected "}" at byte 7'],
  ['[1 2]', 'unexpected "2" at byte 3'],
  ['{"a"', 'ends within a value'],
  ['nul', 'unexpected "nul" at byte 0'],
])('says where %s stops being JSON', (text, message) => {
  expect(() => parseJson(Buffer.from(text))).toThrow(message);
});
