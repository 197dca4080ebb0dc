import { checkFact } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { lighteval, taskKey } from './lighteval.ts';

const file = (general: object = {}) => ({
  config_general: {
    lighteval_sha: 'abc1234',
    num_fewshot_seeds: 1,
    max_samples: null,
    start_time: 1_441_827.2,
    end_time: 1_442_000.1,
    total_evaluation_time_secondes: '172.9',
    model_name: 'org/model',
    model_sha: '0123456789abcdef0123456789abcdef01234567',
    model_dtype: 'torch.bfloat16',
    ...general,
  },
  results: {
    'leaderboard|arc:challenge|25': { acc: 0.5, acc_stderr: 0.01, acc_norm: 0.6, acc_norm_stderr: 'N/A' },
    'lighteval|gsm8k|5|0': { qem: 0.1 },
    all: { acc: 0.5, acc_stderr: 0.01 },
  },
  versions: { 'leaderboard|arc:challenge|25': 0, all: 0 },
});

async function read(content: object) {
  const folder = folderOf('out', {
    'results/org/model/results_2024-05-01T10-00-00.000001.json': JSON.stringify(content),
  });
  const [match] = await lighteval.detect(folder);
  const result = await lighteval.read({ name: 'out', files: match?.files ?? [] }, {});
  for (const { type, data } of result.events) expect(checkFact(type, data)).toBeUndefined();
  return { ...result, match, scores: result.events.map(({ data }) => data) };
}

it('reads scores by task, with the shots of each', async () => {
  const { scores, rejected, match } = await read(file());
  expect(match?.confidence).toBeGreaterThan(0.9);
  expect(rejected).toEqual([]);
  expect(scores).toMatchObject([
    {
      runId: 'org/model',
      checkpointId: 'org/model@0123456789abcdef0123456789abcdef01234567',
      benchmark: 'leaderboard|arc:challenge',
      shots: 25,
      metric: 'acc',
      value: 0.5,
      stderr: 0.01,
      taskVersion: '0',
      precision: 'bfloat16',
      harness: { name: 'lighteval', version: 'abc1234' },
    },
    { metric: 'acc_norm' },
    { benchmark: 'lighteval|gsm8k', shots: 5, metric: 'qem' },
    { benchmark: 'all', metric: 'acc' },
  ]);
  expect(scores[1]).not.toHaveProperty('stderr');
  expect(scores[3]).not.toHaveProperty('shots');
});

it('takes no time from start_time, which is a counter, and warns', async () => {
  const { events, warnings } = await read(file());
  expect(events.every((event) => !('time' in event))).toBe(true);
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'time_unknown' }));
});

it('reads the limit of samples', async () => {
  expect((await read(file({ max_samples: 10 }))).scores[0]).toMatchObject({ limit: 10 });
  expect((await read(file())).scores[0]).not.toHaveProperty('limit');
});

it('reads the model of newer versions', async () => {
  const model_config = { model_name: 'org/new', revision: 'step512', dtype: 'float16' };
  const { scores } = await read(
    file({ model_name: undefined, model_sha: '', model_dtype: undefined, model_config }),
  );
  expect(scores[0]).toMatchObject({ runId: 'org/new', step: 512, precision: 'float16' });
});

it('rejects a file that does not name the evaluated model', async () => {
  const { events, rejected } = await read(file({ model_name: '' }));
  expect(events).toEqual([]);
  expect(rejected).toMatchObject([{ pointer: '/config_general/model_name' }]);
});

it.each([
  ['suite|task|5', 'suite|task', 5],
  ['suite|task|5|0', 'suite|task', 5],
  ['suite|a:b|c|0', 'suite|a:b|c', 0],
  ['task|3', 'task', 3],
  ['all', 'all', undefined],
])('reads the key %j', (key, task, shots) => {
  expect(taskKey(key)).toEqual({ task, shots });
});

it('takes the model that the caller names where the file names none, and rejects a file that names another', async () => {
  const path = 'results_2024-05-01T10-00-00.000001.json';
  const readAs = async (model: string, general: object) =>
    lighteval.read(folderOf('out', { [path]: JSON.stringify(file(general)) }), { model });
  const unnamed = { model_name: null, model_sha: null };
  const named = await readAs('org/other', unnamed);
  expect(named.events.map(({ data }) => 'runId' in data && data.runId)).toEqual(Array(4).fill('org/other'));
  const again = await readAs('org/third', unnamed);
  expect(new Set([...named.events, ...again.events].map(({ id }) => id)).size).toBe(8);
  const refused = await readAs('org/other', {});
  expect([refused.events, refused.rejected]).toEqual([
    [],
    [
      {
        source: path,
        pointer: '/config_general/model_name',
        reason: 'the file names the model org/model; --model says org/other',
      },
    ],
  ]);
});
