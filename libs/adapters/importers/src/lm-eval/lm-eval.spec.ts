import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { lmEval } from './lm-eval.ts';

const old = (more: object = {}, config: object = {}) => ({
  results: { lambada: { acc: 0.5, acc_stderr: 0.01, ppl: 6.1 } },
  versions: { lambada: 0 },
  config: {
    model: 'hf',
    model_args: 'pretrained=org/m,revision=step3000',
    num_fewshot: 0,
    limit: null,
    ...config,
  },
  ...more,
});

const current = (more: object = {}) => ({
  results: {
    gsm8k: {
      name: 'gsm8k',
      alias: 'gsm8k',
      sample_len: 4,
      'exact_match,strict-match': 0.25,
      'exact_match_stderr,strict-match': 'N/A',
      'exact_match,flexible-extract': 0.5,
      'exact_match_stderr,flexible-extract': 0.1,
    },
  },
  configs: { gsm8k: { doc_to_text: '{{q}}', test_split: 'test', num_fewshot: 5 } },
  versions: { gsm8k: 3.0 },
  'n-shot': { gsm8k: 5 },
  higher_is_better: { gsm8k: { exact_match: true } },
  'n-samples': { gsm8k: { original: 1319, effective: 4 } },
  config: {
    model: 'hf',
    model_args: { pretrained: 'org/m', revision: 'step8', dtype: 'bfloat16' },
    limit: 4,
  },
  git_hash: 'abc1234',
  lm_eval_version: '0.4.9',
  date: 1_722_500_000.5,
  task_hashes: { gsm8k: 'f'.repeat(64) },
  ...more,
});

const sample = (id: number, filter: string, value: unknown, more: object = {}) =>
  JSON.stringify({
    doc_id: id,
    doc: {},
    target: 'x',
    arguments: {},
    resps: [['y']],
    filtered_resps: ['y'],
    filter,
    metrics: ['exact_match'],
    doc_hash: `d${id}`,
    prompt_hash: `p${id}`,
    target_hash: `t${id}`,
    exact_match: value,
    ...more,
  });

async function imported(files: Record<string, object | string>) {
  const texts = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  const matches = await lmEval.detect(folderOf('evals', Object.fromEntries(texts)));
  const reads = [];
  for (const { files: matched } of matches)
    reads.push(await lmEval.read({ name: 'evals', files: matched }, {}));
  const events = reads.flatMap((read) => read.events);
  for (const { type, data } of events) expect(checkFact(type, data)).toBeUndefined();
  return {
    matches,
    events,
    scores: events.flatMap(({ type, data }) => (type === 'evaluation.score.recorded' ? [data] : [])),
    items: events.flatMap(({ type, data }) => (type === 'evaluation.items.recorded' ? [data] : [])),
    rejected: reads.flatMap((read) => read.rejected),
    unresolved: reads.flatMap((read) => read.unresolved),
    warnings: reads.flatMap((read) => read.warnings),
  };
}

describe('a file from before 0.4', () => {
  it('has a score for each metric of the run and step in its model arguments', async () => {
    const { scores, rejected, unresolved, matches } = await imported({ 'a.json': old() });
    expect(scores).toMatchObject([
      {
        runId: 'org/m',
        checkpointId: 'org/m@step3000',
        step: 3000,
        benchmark: 'lambada',
        metric: 'acc',
        value: 0.5,
        stderr: 0.01,
        shots: 0,
        taskVersion: '0',
      },
      { metric: 'ppl', value: 6.1, unit: 'perplexity', higherIsBetter: false },
    ]);
    expect(scores[1]).not.toHaveProperty('stderr');
    expect(rejected).toEqual([]);
    expect(unresolved).toMatchObject([{ pointer: '/config/model_args' }]);
    expect(matches[0]?.evidence[0]).toContain('lm-eval before 0.4');
  });

  it('has the pointer of each score, and warns that the time of the evaluation is unknown', async () => {
    const { events, warnings } = await imported({ 'a.json': old() });
    expect(events.map(({ importedpointer }) => importedpointer)).toEqual([
      '/results/lambada/acc',
      '/results/lambada/ppl',
    ]);
    expect(events[0]).not.toHaveProperty('time');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'time_unknown' }));
  });

  it('distinguishes zero-shot and five-shot scores', async () => {
    const { scores } = await imported({ 'zero.json': old(), 'five.json': old({}, { num_fewshot: 5 }) });
    expect(scores.map(({ shots }) => shots)).toEqual([5, 5, 0, 0]);
  });

  it('reads numeric steps from revisions', async () => {
    const args = (revision: string) => old({}, { model_args: `pretrained=m,revision=${revision}` });
    const { scores } = await imported({ 'step1000.json': args('step1000'), 'step512.json': args('step512') });
    expect(scores.map(({ step }) => step)).toEqual([1000, 1000, 512, 512]);
  });

  it('rejects only the score that is a bare NaN', async () => {
    const text = JSON.stringify(old()).replace('6.1', 'NaN');
    const { scores, rejected } = await imported({ 'a.json': text });
    expect(scores.map(({ metric }) => metric)).toEqual(['acc']);
    expect(rejected).toEqual([
      { source: 'a.json/results/lambada/ppl', pointer: 'ppl', reason: expect.stringContaining('no') },
    ]);
  });

  it('rejects a file that does not name the evaluated model', async () => {
    const { scores, rejected } = await imported({ 'a.json': old({}, { model_args: '' }) });
    expect(scores).toEqual([]);
    expect(rejected).toMatchObject([{ source: 'a.json', pointer: '/config/model_args' }]);
  });
});

describe('a file of 0.4', () => {
  it('splits a key at its last comma into metric and filter', async () => {
    const more = { results: { t: { 'a,b,none': 0.1 } }, 'n-shot': { t: 0 } };
    const { scores } = await imported({ 'r.json': current(more) });
    expect(scores).toMatchObject([{ metric: 'a,b', filter: 'none' }]);
  });

  it('keeps both filters of a metric, and all parts of the comparability key', async () => {
    const { scores } = await imported({ 'r.json': current() });
    expect(scores).toMatchObject([
      {
        runId: 'org/m',
        step: 8,
        metric: 'exact_match',
        filter: 'strict-match',
        shots: 5,
        taskVersion: '3',
        taskHash: 'f'.repeat(64),
        promptDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        split: 'test',
        limit: 4,
        items: 4,
        precision: 'bfloat16',
        harness: { name: 'lm-evaluation-harness', version: '0.4.9+abc1234' },
        higherIsBetter: true,
        evaluatedAt: '1722500000.5',
      },
      { filter: 'flexible-extract', value: 0.5, stderr: 0.1 },
    ]);
  });

  it('reads a standard error of "N/A" as absent', async () => {
    const { scores, warnings } = await imported({ 'r.json': current() });
    expect(scores[0]).not.toHaveProperty('stderr');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'stderr_absent', count: 1 }));
  });

  it('has the date as time, and warns that limited scores are not comparable', async () => {
    const { events, warnings } = await imported({ 'r.json': current() });
    expect(events[0]?.time).toBe('2024-08-01T08:13:20.500Z');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'score_limited', count: 2 }));
    const whole = await imported({
      'r.json': current({ config: { model: 'hf', model_args: 'pretrained=m', limit: null } }),
    });
    expect(whole.scores[0]).not.toHaveProperty('limit');
  });

  it('imports a group once, in whichever section the file lists it', async () => {
    const group = { 'acc,none': 0.4, alias: ' - g' };
    const twice = { results: { g: group }, groups: { g: group } };
    expect((await imported({ 'r.json': current(twice) })).scores).toHaveLength(1);
    const apart = { results: {}, groups: { g: group } };
    expect((await imported({ 'r.json': current(apart) })).scores).toMatchObject([{ benchmark: 'g' }]);
  });

  it('imports tasks, groups and metrics that are called as inherited members', async () => {
    const members = { 'constructor_stderr,none': 0.4, 'toString,none': 0.3, valueOf_stderr: 0.2 };
    const text = JSON.stringify({ results: { g: members }, groups: { toString: members, xx: members } });
    const file = current(JSON.parse(text.replace('"xx"', '"__proto__"')));
    const { scores } = await imported({ 'r.json': JSON.stringify(file) });
    const metrics = ['constructor_stderr', 'toString', 'valueOf_stderr'];
    expect(scores.map(({ benchmark, metric, value }) => [benchmark, metric, value])).toEqual(
      ['g', 'toString', '__proto__'].flatMap((task) =>
        metrics.map((metric, index) => [task, metric, (4 - index) / 10]),
      ),
    );
  });

  it('takes the direction from the file and not from the name of the metric', async () => {
    const more = { higher_is_better: { gsm8k: { exact_match: false } } };
    expect((await imported({ 'r.json': current(more) })).scores[0]).toMatchObject({ higherIsBetter: false });
  });

  it('redacts secrets in model arguments', async () => {
    const model_args = `pretrained=m,token=hf_${'a1B2'.repeat(8)}`;
    const { scores } = await imported({ 'r.json': current({ config: { model: 'hf', model_args } }) });
    expect(scores[0]?.modelRef).toBe('pretrained=m,token=[redacted:hugging_face_token]');
  });
});

describe('samples', () => {
  const names = {
    results: 'm/results_2024-08-01T08-13-20.5.json',
    samples: 'm/samples_gsm8k_2024-08-01T08-13-20.5.jsonl',
  };
  const withSamples = (...lines: string[]) =>
    imported({ [names.results]: current(), [names.samples]: `${lines.join('\r\n')}\r\n` });

  it('join the results of their folder and date as one source', async () => {
    const lines = [
      sample(0, 'strict-match', 1),
      sample(1, 'strict-match', false),
      sample(0, 'flexible-extract', 1),
    ];
    const { matches, items, events } = await withSamples(...lines);
    expect(matches).toHaveLength(1);
    expect(items).toMatchObject([
      {
        runId: 'org/m',
        step: 8,
        shots: 5,
        metric: 'exact_match',
        filter: 'strict-match',
        taskHash: 'f'.repeat(64),
        itemIds: ['0', '1'],
        values: [1, 0],
        documentHashes: ['d0', 'd1'],
        promptHashes: ['p0', 'p1'],
        targetHashes: ['t0', 't1'],
      },
      { filter: 'flexible-extract', itemIds: ['0'] },
    ]);
    expect(events.at(-2)?.importedpointer).toBe('lines:1-2');
  });

  it('that an appended file repeats count once with the last outcome, and earlier ones are kept as facts', async () => {
    const { items, warnings } = await withSamples(
      sample(0, 'strict-match', 0),
      sample(1, 'strict-match', 1),
      sample(0, 'strict-match', 1),
    );
    expect(items).toMatchObject([
      { itemIds: ['0'], values: [0] },
      { itemIds: ['1', '0'], values: [1, 1] },
    ]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'sample_repeated', count: 1 }));
  });

  it('that are truncated or invalid JSON are rejected by line', async () => {
    const { items, rejected } = await withSamples(sample(0, 'none', 1), '{"doc_id": 1, "doc');
    expect(items).toHaveLength(1);
    expect(rejected).toMatchObject([{ source: `${names.samples}:2` }]);
  });

  it('whose outcome is not a number are left out with a warning', async () => {
    const { items, warnings } = await withSamples(sample(0, 'none', [1.5, 3]));
    expect(items).toEqual([]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'sample_outcome_no_number' }));
  });

  it('without their results stay unresolved', async () => {
    const { items, unresolved } = await imported({ [names.samples]: sample(0, 'none', 1) });
    expect(items).toEqual([]);
    expect(unresolved).toMatchObject([{ source: names.samples }]);
  });
});

it.each([
  ['llm-foundry style scores', { eval_metrics: { icl: { arc: 0.5 } }, config: { model: 'x' } }],
  ['lighteval', { config_general: {}, results: {}, versions: {}, config: { model_args: 'x' } }],
  ['an empty file', ''],
  ['a truncated file', '{"results": {"a": '],
  ['a list', '[]'],
])('does not match %s', async (_name, content) => {
  expect((await imported({ 'x.json': content })).matches).toEqual([]);
});

it('yields equal events for equal bytes', async () => {
  const first = await imported({ 'r.json': current() });
  expect(await imported({ 'r.json': current() })).toEqual(first);
  expect(new Set(first.events.map(({ id }) => id)).size).toBe(first.events.length);
});
