import { checkFact } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { FactCollector } from '../facts/fact-collector.ts';
import { stepGapsIn, microsOf, spanOf } from './point.ts';
import type { Point } from './point.ts';
import { recordPoints } from './record-points.ts';
import { contentName, runName } from './run-name.ts';
import { startRun } from './start-run.ts';

const source = { sha256: '0'.repeat(64), pointer: spanOf('lines') };
const folder = { name: 'runs', files: [] };

function recorded(points: readonly Omit<Point, 'at'>[]) {
  const collector = new FactCollector({ kind: 'any', version: '1.0' });
  recordPoints(
    collector,
    source,
    { runId: 'a', attempt: 1 },
    points.map((point, index) => ({ ...point, at: index + 1 })),
  );
  const imported = collector.finish();
  for (const { type, data } of imported.events) expect(checkFact(type, data)).toBeUndefined();
  return imported;
}

const series = (key: string, steps: readonly (number | null)[]) =>
  steps.map((step, index) => ({ key, step, value: index / 2 }));

it('merges metrics of different steps into one row a step', () => {
  const { events } = recorded([...series('train/loss', [1, 2, 3]), ...series('eval/loss', [2])]);
  expect(events.map(({ data }) => data)).toMatchObject([
    { steps: [1, 2, 3], columns: { loss: [0, 0.5, 1], 'eval/loss': [null, 0, null] } },
  ]);
});

it('keeps values without whole ascending steps as points', () => {
  const odd = [
    ...series('fractional', [0.5, 1]),
    ...series('negative', [-1, 0]),
    ...series('twice', [1, 1]),
    ...series('back', [2, 1]),
    ...series('none', [null]),
    ...series('n'.repeat(65), [1]),
  ];
  const { events } = recorded([...odd, ...series('loss', [1])]);
  expect(events.map(({ type }) => type)).toEqual(['training.steps.recorded', 'training.metrics.recorded']);
  expect(events[1]?.data).toMatchObject({
    keys: odd.map(({ key }) => key),
    steps: odd.map(({ step }) => step),
  });
});

it('gives the well-known name to the preferred key, and keeps the names of the others', () => {
  const [event] = recorded(
    ['lr', 'loss', 'train/loss', 'learningRate', 'grad-norm'].flatMap((key) => series(key, [1])),
  ).events;
  expect(Object.keys(event && 'columns' in event.data ? event.data.columns : {}).toSorted()).toEqual([
    'gradNorm',
    'learningRate',
    'loss',
    'lr',
    'train/loss',
  ]);
});

it('does not read a running total of tokens as the tokens of a step', () => {
  const total = recorded([100, 200, 300].map((value, step) => ({ key: 'tokens', step, value })));
  expect(total.events[0]?.data).toMatchObject({ columns: { 'tokens (total)': [100, 200, 300] } });
  expect(total.warnings).toMatchObject([{ code: 'tokens_are_a_total' }]);
  const each = recorded([100, 100, 200].map((value, step) => ({ key: 'tokens', step, value })));
  expect(each.events[0]?.data).toMatchObject({ columns: { tokens: [100, 100, 200] } });
});

it('splits long and wide histories so that every fact keeps its limits', () => {
  const steps = Array.from({ length: 2500 }, (_value, step) => step);
  const long = recorded(series('loss', steps));
  expect(long.events.map(({ data }) => ('steps' in data ? data.steps.length : 0))).toEqual([1024, 1024, 452]);
  const many = Array.from({ length: 100 }, (_value, key) => ({ key: `k${key}`, step: 1, value: key }));
  const wide = recorded([...many, ...series('loss', [1])]);
  expect(wide.plan.byType).toEqual({ 'training.steps.recorded': 1, 'training.metrics.recorded': 1 });
  expect(wide.events[0]?.data).toHaveProperty('columns.loss');
});

it('records a repeated value once, and has no step if the step is not a number', () => {
  const { events, warnings } = recorded([
    ...series('loss', [1]),
    ...series('loss', [1]),
    ...series('lr', [Infinity]),
  ]);
  expect(events.map(({ data }) => data)).toMatchObject([
    { steps: [1], columns: { loss: [0] } },
    { keys: ['lr'], steps: [null] },
  ]);
  expect(warnings).toMatchObject([{ code: 'point_repeated', count: 1 }]);
});

it('has no time for seconds that RFC 3339 cannot represent', () => {
  expect(microsOf(1.5)).toBe(1_500_000);
  for (const seconds of [0, -1, Number.NaN, 1e300, '1']) expect(microsOf(seconds)).toBeUndefined();
});

it('finds gaps at the usual distance of steps', () => {
  expect(stepGapsIn([1, 5, 10, 15, 30, 35])).toEqual([{ from: 20, to: 25, missing: 2 }]);
  expect(stepGapsIn([7])).toEqual([]);
});

it('names a run by the name of the import and its path, otherwise by its content', () => {
  const content = contentName('log', source.sha256);
  expect(content).toBe('log@0000000000000000');
  expect(runName(folder, {}, 'a/b', content)).toBe(content);
  expect(runName(folder, { name: 'mine' }, '', content)).toBe('mine');
  expect(runName(folder, { name: 'mine' }, 'a/b', content)).toBe('mine/a/b');
  expect(contentName('y'.repeat(300), source.sha256)).toHaveLength(256);
});

it('redacts secrets in a configuration and keeps at most 500 parameters', () => {
  const collector = new FactCollector({ kind: 'any', version: '1.0' });
  const many = Object.fromEntries(Array.from({ length: 600 }, (_value, index) => [`p${index}`, index]));
  startRun(
    collector,
    { sha256: source.sha256, pointer: '' },
    {
      runId: 'a',
      attempt: 1,
      config: { key: `AKIA${'ABCDEFGHIJKLMNOP'}`, ...many },
    },
  );
  const { events, warnings, rejected } = collector.finish();
  expect(JSON.stringify(events)).not.toContain('ABCDEFGHIJKLMNOP');
  expect(events[0]?.data).toMatchObject({ redacted: true });
  expect(warnings).toMatchObject([{ code: 'secret_redacted' }]);
  expect(rejected).toHaveLength(1);
});
