import { expect, it } from 'vitest';
import { lastMicrosecondOf } from './moment.ts';

const at = (text: string): number => Date.parse(text) * 1_000;

it.each([
  ['2026-11-24', at('2026-11-25T00:00:00Z') - 1],
  ['2024-02-29', at('2024-03-01T00:00:00Z') - 1],
  ['2026-11-24T10:00', at('2026-11-24T10:00:00Z')],
  ['2026-11-24 10:00:30', at('2026-11-24T10:00:30Z')],
  ['2026-11-24T10:00:30.5Z', at('2026-11-24T10:00:30Z') + 500_000],
  ['2026-11-24T10:00:30.000001Z', at('2026-11-24T10:00:30Z') + 1],
  ['2026-11-24T10:00:30+02:00', at('2026-11-24T08:00:30Z')],
])('%s includes everything up to its end', (text, micros) => {
  expect(lastMicrosecondOf(text)).toBe(micros);
});

it.each(['2026-02-29', '2026-13-01', '2026-11-24T25:00', '2026-11-24T10:00+99:99'])(
  '%s is no time',
  (text) => {
    expect(lastMicrosecondOf(text)).toBeNaN();
  },
);

it.each(['17', '3:17', '4,0,9', '2026', 'yesterday', '2026-11', ''])('%j is not meant as a time', (text) => {
  expect(lastMicrosecondOf(text)).toBeUndefined();
});
