import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printableJson, printableText } from '@tributary/kernel';
import { aligned, brief, counted, footer, percent } from './format.ts';

it('aligns columns under their titles without trailing spaces', () => {
  const columns = [{ title: 'slice' }, { title: 'tokens', align: 'right' as const }, { title: 'x' }];
  expect(
    aligned(columns, [
      ['code', '1,000', ''],
      ['mathematics', '7', 'y'],
    ]),
  ).toBe(['slice        tokens  x', 'code          1,000', 'mathematics       7  y'].join('\n'));
});

it('replaces control characters of recorded text', () => {
  expect(aligned([{ title: 'a' }], [['\u001B[2Jgone\u202E']])).toBe('a\n\uFFFD[2Jgone\uFFFD');
});

/** Text in which every other character may rewrite a terminal, from both sets of control characters and the formatting ones. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u001B', '\u009B', '\u007F', '\r', '\b', '\u202E', '\u200B', '\u{E0041}', '\n', '\t'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
const CONTROL = /[^\P{Cc}\n\t]|\p{Cf}/u;

it('leaves no control character in a whole output, but those that shape it', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = printableText(text);
      expect(shown).not.toMatch(CONTROL);
      expect(shown.split('\n').length).toBe(text.split('\n').length);
    }),
  );
});

it('escapes them in JSON, which stays the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, fc.array(hostile)), (value) => {
      const shown = printableJson(JSON.stringify(value));
      expect(shown).not.toMatch(CONTROL);
      expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('formats numbers', () => {
  expect([brief(0.051283), brief(12345.678), brief(-0), brief(null)]).toEqual(['0.05128', '12350', '0', '-']);
  expect([counted(1, 'run'), counted(1200, 'run'), percent(0.12345)]).toEqual([
    '1 run',
    '1,200 runs',
    '12.35 %',
  ]);
});

it('says that an answer is not complete, and why', () => {
  const asOf = { position: '7', time: null };
  expect(footer({ asOf, complete: true, lag: 0 })).toBe('as of position 7, complete');
  expect(footer({ asOf, complete: false, lag: 3 })).toContain('NOT complete: 3 events');
  expect(footer({ asOf, complete: false, lag: 0, reason: 'a gap' })).toContain('NOT complete: a gap');
});
