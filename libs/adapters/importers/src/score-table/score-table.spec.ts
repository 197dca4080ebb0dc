import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../import.fixture.ts';
import { folderOf, importers, recognise } from '../index.ts';
import { scoreTable } from './score-table.ts';

const HEAD = 'size,arm,num_fewshot,step,task,metric,value,stderr,source_file';

async function read(...rows: string[]) {
  const [head = '', ...rest] = rows;
  const folder = folderOf('t', { 'scores.csv': [head, ...rest].join('\n') });
  const [match] = await scoreTable.detect(folder);
  const result = await scoreTable.read({ name: 't', files: match?.files ?? folder.files }, {});
  for (const { type, data } of result.events) expect(checkFact(type, data)).toBeUndefined();
  const of = (type: string) => result.events.filter((event) => event.type === type).map(({ data }) => data);
  return { ...result, match, scores: of('evaluation.score.recorded'), runs: of('training.run.started') };
}

it('reads one score a row, and one run for each size and arm', async () => {
  const { scores, runs, rejected } = await read(
    HEAD,
    '70m,baseline,0,1000,lambada,acc,0.5,0.01,a.json',
    '70m,baseline,0,512,lambada,ppl,9.5,,a.json',
    '70m,swap,0,1000,lambada,acc,0.4,0,b.json',
  );
  expect(rejected).toEqual([]);
  expect(runs).toMatchObject([
    {
      runId: 'scores/70m/baseline',
      experimentId: 'scores',
      arm: 'baseline',
      model: { name: '70m', parameters: 70_000_000 },
    },
    { runId: 'scores/70m/swap', arm: 'swap' },
  ]);
  expect(scores).toMatchObject([
    {
      runId: 'scores/70m/baseline',
      step: 1000,
      shots: 0,
      benchmark: 'lambada',
      metric: 'acc',
      value: 0.5,
      stderr: 0.01,
    },
    { step: 512, metric: 'ppl', higherIsBetter: false },
    { stderr: 0 },
  ]);
  expect(scores[1]).not.toHaveProperty('stderr');
});

it('rejects a row without a number, and a repeated row, by line', async () => {
  const { scores, rejected } = await read(
    'run_id,task,metric,value,step',
    'r,t,acc,0.5,1',
    'r,t,acc,oops,2',
    'r,t,acc,0.6,1',
    'r,t,acc,0.7,1.5',
  );
  expect(scores).toHaveLength(1);
  expect(rejected).toEqual([
    { source: 'scores.csv:3', pointer: 'value', reason: '"oops" is not a number' },
    { source: 'scores.csv:4', pointer: '', reason: 'the row repeats the score of line 2' },
    { source: 'scores.csv:5', pointer: 'step', reason: '"1.5" is not a count' },
  ]);
});

it.each([
  ['reported effects', 'comparison,model,capability_or_benchmark,kind,value,unit\na,m,c,k,1,u\n'],
  ['outcomes without a metric', 'run_id,capability,score,n_items\nr,c,0.5,10\n'],
  ['scores that name no model', 'task,metric,value\nt,acc,0.5\n'],
  ['a table without rows', `${HEAD}\n`],
])('does not match %s', async (_name, text) => {
  expect(await scoreTable.detect(folderOf('t', { 'x.csv': text }))).toEqual([]);
});

describe.skipIf(!hasShared('pythia-pronoun'))('pythia-pronoun (needs shared data pythia-pronoun)', () => {
  it('becomes 6,908 scores that yield the published difference of the arms', async () => {
    const { sources } = await recognise(importers, await shared('pythia-pronoun'));
    expect(sources.map(({ importer }) => importer.kind)).toEqual(['score-table']);
    const { events, rejected } = await scoreTable.read(sources[0]?.folder ?? { name: '', files: [] }, {});
    expect(rejected).toEqual([]);
    const scores = events.flatMap(({ type, data }) => (type === 'evaluation.score.recorded' ? [data] : []));
    expect(scores).toHaveLength(6908);
    const of = (arm: string) =>
      new Map(
        scores
          .filter(
            ({ runId, benchmark, metric }) =>
              runId.endsWith(`/410m/${arm}`) &&
              benchmark === 'crows_pairs_english_gender' &&
              metric === 'pct_stereotype',
          )
          .map(({ step, value }) => [step, value]),
      );
    const baseline = of('baseline');
    const differences = [...of('intervention')].map(
      ([step, value]) => value - (baseline.get(step) ?? Number.NaN),
    );
    expect(differences).toHaveLength(10);
    expect(differences.reduce((sum, value) => sum + value, 0) / 10).toBeCloseTo(0.0003, 4);
  });
});

describe.skipIf(!hasShared('paper-table'))('paper-table (needs shared data paper-table)', () => {
  it('is unrecognised: reported effects are not scores', async () => {
    const { sources, unrecognised } = await recognise(importers, await shared('paper-table'));
    expect(sources).toEqual([]);
    expect(unrecognised).toContain('paper_a_reported_numbers.csv');
  });
});

it('takes model and unit that the caller names, and rejects the rows that state others', async () => {
  const readAs = (text: string, request: { model?: string; unit?: string }) =>
    scoreTable.read(folderOf('t', { 'scores.csv': text }), request);
  const readNamed = await readAs('task,metric,value\nt,score,51\nt,acc,0.5\n', {
    model: 'm',
    unit: 'percent',
  });
  expect(readNamed.events.map(({ data }) => data)).toMatchObject([
    { runId: 'scores/m', model: { name: 'm' } },
    { runId: 'scores/m', metric: 'score', unit: 'percent' },
  ]);
  expect(readNamed.rejected).toEqual([
    {
      source: 'scores.csv:3',
      pointer: 'metric',
      reason: 'the metric acc is in accuracy; --unit says percent',
    },
  ]);
  const models = await readAs('model,task,metric,value\nm,t,acc,0.5\nn,t,acc,0.5\n', { model: 'm' });
  expect(models.events).toHaveLength(2);
  expect(models.rejected).toEqual([
    { source: 'scores.csv:3', pointer: 'model', reason: 'the row names the model n; --model says m' },
  ]);
});

it('can be imported again with another unit or model, after one that was wrong', async () => {
  const idsOf = async (text: string, request: object) =>
    (await scoreTable.read(folderOf('t', { 'scores.csv': text }), request)).events.map(
      ({ id, type }) => `${type} ${id}`,
    );
  const named = 'run,task,metric,value\nr,t,score,51\n';
  const all = await Promise.all(
    [{}, { unit: 'percent' }, { unit: 'nats' }, { model: 'm' }, { model: 'n' }].map((request) =>
      idsOf(named, request),
    ),
  );
  const [none, percent, nats, m, n] = all;
  expect(percent?.[0]).toBe(none?.[0]);
  expect(new Set([none?.[1], percent?.[1], nats?.[1]]).size).toBe(3);
  expect(new Set([none?.[0], m?.[0], n?.[0]]).size).toBe(3);
});
