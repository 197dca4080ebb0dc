import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnOf, dataOf } from '../import.fixture.ts';
import { imported, valuesOf } from './imported-files.fixture.ts';

const SCALARS = `reads: table
path: 'run-(?P<run>[^/]+?)-tag-(?P<tag>[^/]+)\\.csv$'
run: run
step: Step
time: Wall time
metric: tag
value: Value
`;
const scalar = (...values: readonly number[]): string =>
  `Wall time,Step,Value\n${values.map((value, step) => `170000000${step},${step + 1},${value}\n`).join('')}`;

it('joins the scalars of a run that TensorBoard exports one by one, and keeps the runs apart', async () => {
  const result = await imported(SCALARS, {
    'run-A-tag-loss.csv': scalar(2.5, 2.25),
    'run-A-tag-lr.csv': scalar(0.1, 0.2),
    'run-B-tag-loss.csv': scalar(3.5),
  });
  expect(valuesOf(result)).toEqual([
    'A 1 loss 2.5',
    'A 1 lr 0.1',
    'A 2 loss 2.25',
    'A 2 lr 0.2',
    'B 1 loss 3.5',
  ]);
  expect(dataOf(result, 'training.steps.recorded')).toMatchObject([
    { runId: 'A', columns: { loss: [2.5, 2.25] } },
    { runId: 'B', columns: { loss: [3.5] } },
  ]);
  expect(result.rejected).toEqual([]);
});

it('records a step once: a second table of the same steps adds points', async () => {
  const map = 'reads: table\nrun: {is: r}\nstep: step\nmetrics: all\n';
  const result = await imported(map, {
    'a.csv': 'step,loss\n1,2.5\n2,2\n',
    'b.csv': 'step,acc\n2,0.5\n3,0.75\n',
  });
  const steps = dataOf(result, 'training.steps.recorded').flatMap((data) =>
    'steps' in data ? data.steps : [],
  );
  expect(steps).toEqual([1, 2, 3]);
  expect(valuesOf(result)).toEqual(['r 1 loss 2.5', 'r 2 acc 0.5', 'r 2 loss 2', 'r 3 acc 0.75']);
});

it('names both files where they give a step another value, and keeps that of the first path', async () => {
  const map = 'reads: table\nrun: {is: r}\nstep: step\nmetrics: [loss]\n';
  const files = { 'b.csv': 'step,loss\n1,9\n2,2\n', 'a.csv': 'step,loss\n1,2.5\n2,2\n' };
  const result = await imported(map, files);
  expect([...columnOf(result, 'loss')]).toEqual([
    [1, 2.5],
    [2, 2],
  ]);
  expect(result.rejected).toEqual([
    {
      source: 'b.csv:2',
      pointer: 'loss',
      reason: 'step 1 of r has another value, 9: a.csv:2 gives 2.5, which was kept',
    },
  ]);
  expect(result.warnings).toMatchObject([
    { code: 'point_repeated', count: 1, example: 'b.csv:3' },
    {
      code: 'files_differ',
      count: 1,
      example: expect.stringContaining('b.csv:2: where the files are starts'),
    },
  ]);
});

it('does not fill one column with two metrics that both look like the loss', async () => {
  const result = await imported(SCALARS, {
    'run-A-tag-loss.csv': scalar(2.5),
    'run-A-tag-train_loss.csv': 'Wall time,Step,Value\n1,7,9\n',
  });
  expect(valuesOf(result)).toEqual(['A 1 loss 2.5', 'A 7 train_loss 9']);
});

it('refuses a second amount and a second score of another file', async () => {
  const exposure = 'reads: table\nrun: run\nstep: step\nslice: domain\ntokens: tokens\n';
  const amounts = await imported(exposure, {
    'a.csv': 'run,step,domain,tokens\na,1,web,100\n',
    'b.csv': 'run,step,domain,tokens\na,1,web,100\na,1,code,5\nb,1,web,7\n',
  });
  expect(dataOf(amounts, 'training.exposure.recorded')).toMatchObject([
    { runId: 'a', amounts: [{ slice: 'web', amount: 100 }] },
    { runId: 'a', amounts: [{ slice: 'code', amount: 5 }] },
    { runId: 'b', amounts: [{ slice: 'web', amount: 7 }] },
  ]);
  expect(amounts.rejected).toMatchObject([{ source: 'b.csv:2', reason: expect.stringContaining('a.csv:2') }]);
  const scores = 'reads: table\nrun: run\nbenchmark: task\nmetric: {is: acc}\nscore: score\n';
  const { rejected } = await imported(scores, {
    'a.csv': 'run,task,score\nm,arc,0.5\n',
    'b.csv': 'run,task,score\nm,arc,0.75\nm,boolq,0.5\n',
  });
  expect(rejected).toMatchObject([
    { source: 'b.csv:2', reason: 'arc of m has another value, 0.75: a.csv:2 gives 0.5, which was kept' },
  ]);
});

it('leaves files whose path does not match to the list of what was not looked at', async () => {
  const map = "reads: table\npath: '^(?P<run>.+)\\.csv$'\nrun: run\nstep: step\nmetrics: [loss]\n";
  const result = await imported(map, { 'x/a.csv': 'step,loss\n1,2\n', 'notes.md': 'hello' });
  expect(valuesOf(result)).toEqual(['x/a 1 loss 2']);
  expect(result.rejected).toEqual([]);
});

const series = fc.record({
  run: fc.constantFrom('A', 'B'),
  tag: fc.constantFrom('loss', 'lr', 'eval_acc'),
  values: fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 5 }),
});
const exports = fc.uniqueArray(series, {
  minLength: 1,
  maxLength: 6,
  selector: ({ run, tag }) => `${run} ${tag}`,
});

it('has the same facts of scalars in any order, twice and in parts, and those that an independent count finds', async () => {
  await fc.assert(
    fc.asyncProperty(exports, fc.nat({ max: 6 }), async (all, cut) => {
      const filesOf = (parts: typeof all) =>
        Object.fromEntries(
          parts.map(({ run, tag, values }) => [`run-${run}-tag-${tag}.csv`, scalar(...values)]),
        );
      const whole = await imported(SCALARS, filesOf(all));
      expect(await imported(SCALARS, filesOf(all.toReversed()))).toEqual(whole);
      const parts = [all.slice(0, cut), all.slice(cut)].filter(({ length }) => length > 0);
      const ids = (await Promise.all(parts.map((part) => imported(SCALARS, filesOf(part)))))
        .flatMap(({ events }) => events.map((event) => JSON.stringify(event)))
        .toSorted();
      expect(ids).toEqual(whole.events.map((event) => JSON.stringify(event)).toSorted());
      const counted = all.flatMap(({ run, tag, values }) =>
        values.map((value, step) => `${run} ${step + 1} ${tag} ${value}`),
      );
      expect(valuesOf(whole)).toEqual(counted.toSorted());
    }),
    { seed: 1, numRuns: 25 },
  );
});
