import type { TestStore } from '@tributary/fixtures';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownHistory } from './counted-history.ts';
import {
  asListed,
  bucketsOf,
  columnIn,
  listed,
  pointsIn,
  pointsOutside,
  within,
} from './metric-model.fixture.ts';
import type { Range } from './metric-model.fixture.ts';
import { columnCurve, pointCurve, pointEvidence, stepHistory } from './metric-queries.ts';
import { curve } from './queries.ts';
import { COLUMNS, fillFrom, KEYS, randomMetrics } from './random-metrics.fixture.ts';

const RANGES: readonly Range[] = [
  { from_step: 0, to_step: Number.MAX_SAFE_INTEGER },
  { from_step: 62, to_step: 8_190 },
];

const POINT_RANGES = [
  { from_step: null, to_step: null },
  { from_step: 62, to_step: 8_190 },
  { from_step: -4, to_step: null },
  { from_step: null, to_step: 0.5 },
];

/** Rows with a finite value; sums of quotients and quotients of sums differ in their last digits. */
const drawn = (rows: readonly { value_count: number; mean: number | null }[]) =>
  rows
    .filter(({ value_count }) => value_count > 0)
    .map((row) => ({ ...row, mean: Number(row.mean?.toPrecision(12)) }));

/** The law of the values of metrics, for some random histories. */
export function hasMetricValues(opened: () => TestStore, seeds: readonly number[]): void {
  describe.each(seeds)('random history %i', (seed) => {
    const log = randomMetrics(seed);
    const positions = [log.length, Math.ceil(log.length / 2)];
    const bucket_steps: 64 | 4096 = seed % 2 === 0 ? 64 : 4096;
    beforeAll(() => fillFrom(opened(), log, 4));

    it.each(positions)(
      'as of %i has the curve of each column of its steps, and its values',
      async (position) => {
        const as_of = [position];
        const { reader } = opened().engine;
        const history = await ownHistory(reader, ['r'], as_of);
        for (const range of RANGES)
          for (const metric of COLUMNS) {
            const asked = { ...history, ...range, bucket_steps, as_of };
            const rolled = (['loss', 'learningRate', 'gradNorm'] as const).find((name) => name === metric);
            const rows = rolled
              ? await reader.all(curve, { ...asked, metric: rolled })
              : await reader.all(columnCurve, { ...asked, metric });
            const expected = within(columnIn(log, position, metric), range);
            expect({ metric, rows: drawn(rows) }).toEqual({
              metric,
              rows: drawn(bucketsOf(expected, bucket_steps)),
            });
            const values = await reader.all(stepHistory, { ...asked, metric, after: '', first: 10_000 });
            expect({ metric, values: values.map(asListed) }).toEqual({ metric, values: listed(expected) });
            const rest = await reader.all(stepHistory, {
              ...asked,
              metric,
              after: values[1]?.page_key ?? '',
              first: 10_000,
            });
            expect(rest).toEqual(values.length > 1 ? values.slice(2) : values);
          }
      },
    );

    it.each(positions)(
      'as of %i has the curve of each metric of its points, and says how many are in no bucket',
      async (position) => {
        const { reader } = opened().engine;
        for (const range of POINT_RANGES)
          for (const key of KEYS) {
            const asked = { run_id: 'r', key, ...range, as_of: [position] };
            const rows = await reader.all(pointCurve, { ...asked, bucket_steps });
            const [behind] = await reader.all(pointEvidence, { ...asked, first: 100 });
            const { from_step, to_step } = range;
            const expected = within(pointsIn(log, position, key), {
              from_step: from_step ?? -Infinity,
              to_step: to_step ?? Infinity,
            });
            expect({ key, rows: drawn(rows), outside: behind?.outside }).toEqual({
              key,
              rows: drawn(bucketsOf(expected, bucket_steps)),
              outside: pointsOutside(log, position, { key, ...range }),
            });
            const facts = new Set(behind?.evidence);
            expect(behind?.evidence_total).toBe(facts.size);
            expect(expected.map((point) => point.position)).toSatisfy((positions: number[]) =>
              positions.every((one) => facts.has(one)),
            );
          }
      },
    );
  });
}
