import { describe, expect, it } from 'vitest';
import { codesOf, columnOf, dataOf, hasShared, importedBy, readBy, shared } from '../import.fixture.ts';
import { megatronGolden } from './megatron-golden.ts';

const golden = (values: unknown) =>
  JSON.stringify({ 'lm loss': { start_step: 0, end_step: 10, step_interval: 5, values } });

it('reads the string "nan" as an unobserved value, and leaves out null with a warning', async () => {
  const imported = await readBy(megatronGolden, { 'g.json': golden({ 1: 2.5, 5: 'nan', 10: null, 15: 2 }) });
  expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
    {
      steps: [1, 5, 15],
      columns: { loss: [2.5, null, 2] },
      nonfinite: { loss: [{ index: 1, value: 'nan' }] },
    },
  ]);
  expect(imported.warnings).toMatchObject([
    { code: 'reported_nan', count: 1 },
    { code: 'value_missing', count: 1 },
  ]);
});

it('reads the list of values in older files', async () => {
  const imported = await readBy(megatronGolden, { 'g.json': golden([3, 2.5, 2]) });
  expect([...columnOf(imported, 'loss')]).toEqual([
    [0, 3],
    [5, 2.5],
    [10, 2],
  ]);
});

it('rejects a list of values with unknown steps', async () => {
  const series = { start_step: 1, end_step: 3, step_interval: 0, values: [2.5, 2.25] };
  const imported = await readBy(megatronGolden, { 'g.json': JSON.stringify({ 'lm loss': series }) });
  expect(dataOf(imported, 'training.steps.recorded')).toEqual([]);
  expect(imported.rejected).toMatchObject([
    { pointer: '/lm loss/values/0' },
    { pointer: '/lm loss/values/1' },
  ]);
});

it('rejects a value that is not a number', async () => {
  const imported = await readBy(megatronGolden, { 'g.json': golden({ 1: 'many', 5: 2 }), 'h.json': '{' });
  expect(imported.rejected).toMatchObject([
    { source: 'g.json', pointer: '/lm loss/values/1' },
    { source: 'h.json', pointer: '' },
  ]);
});

describe.skipIf(!hasShared('megatron-golden'))('megatron-golden (needs shared data megatron-golden)', () => {
  const finite = (column: ReadonlyMap<number, number | null>) =>
    new Map(
      [...column].flatMap(([step, value]): [number, number][] => (value === null ? [] : [[step, value]])),
    );

  async function runs() {
    const [imported] = await importedBy('megatron-golden', await shared('megatron-golden'));
    const parts = ['h100', 'a100'].map((hardware) => {
      const events = (imported?.events ?? []).filter(
        ({ data }) => 'runId' in data && data.runId.includes(`${hardware}@`),
      );
      return imported && { ...imported, events };
    });
    return { imported, h100: parts[0], a100: parts[1] };
  }

  it('has 4,801 values a metric of which 4,538 and 3,094 losses are finite, in two runs', async () => {
    const { imported, h100, a100 } = await runs();
    expect(dataOf(imported, 'training.run.started')).toMatchObject([
      { hardware: 'dgx_h100', tokenBudget: 24_414_063 * 4096 },
      { hardware: 'dgx_a100' },
    ]);
    for (const name of [
      'loss',
      'num-zeros',
      'mem-allocated-bytes',
      'mem-max-allocated-bytes',
      'iteration-time',
    ]) {
      expect(columnOf(h100, name).size).toBe(4801);
      expect(columnOf(a100, name).size).toBe(4801);
    }
    const [left, right] = [h100, a100].map((run) => finite(columnOf(run, 'loss')));
    expect([left?.size, right?.size]).toEqual([4538, 3094]);
    expect([...(left ?? [])].at(-1)).toEqual([22_685, 1.9726]);
    expect([...(right ?? [])].at(-1)).toEqual([23_405, 1.97325]);
    expect([left?.get(1), right?.get(1)]).toEqual([12.66665, 12.66411]);
    expect([left, right].map((run) => Math.min(...(run?.values() ?? [])))).toEqual([1.94568, 1.93653]);
    expect(codesOf(imported)).toEqual(['reported_nan']);
    expect(imported?.rejected).toEqual([]);
  });

  it('has 3,056 finite steps in both, the gaps of the second run, and the spike at step 4,055', async () => {
    const { h100, a100 } = await runs();
    const [left = new Map<number, number>(), right = new Map<number, number>()] = [h100, a100].map((run) =>
      finite(columnOf(run, 'loss')),
    );
    const differences = [...left].flatMap(([step, value]): [number, number][] => {
      const other = right.get(step);
      return other === undefined ? [] : [[step, Math.abs(value - other)]];
    });
    expect(differences).toHaveLength(3056);
    const late = differences.filter(([step]) => step > 1000).map(([, difference]) => difference);
    expect(late.reduce((sum, difference) => sum + difference, 0) / late.length).toBeCloseTo(0.01518, 5);
    const [spike] = differences.toSorted(([, one], [, other]) => other - one);
    expect(spike?.[0]).toBe(4055);
    expect(spike?.[1]).toBeCloseTo(2.70308, 5);
    const lost = [...columnOf(a100, 'loss').keys()].filter((step) => !right.has(step) && step <= 23_405);
    const bounds = lost.filter((step) => !lost.includes(step - 5) || !lost.includes(step + 5));
    const long = bounds.filter((step) => lost.includes(step - 500) || lost.includes(step + 500));
    expect(long.map((step, at) => step + (at % 2 === 0 ? -5 : 5))).toEqual([
      13_550, 15_235, 15_800, 17_525, 18_100, 20_380, 20_950, 23_220,
    ]);
  });
});
