import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { dclm } from './dclm.ts';
import { DATASET_WITHOUT_UUID, SOURCE_WITHOUT_NAME } from './dclm-record.ts';

const DATASET = {
  uuid: 'd1',
  name: 'corpus',
  creation_date: '2024_05_06-22_26_34',
  dataset_url: 's3://bucket/corpus',
  tokenized: true,
  tokenizer: 'EleutherAI/gpt-neox-20b',
  num_tokens: 12,
  size: 40,
};
const MODEL = {
  uuid: 'm1',
  name: 'model',
  dataset_uuid: 'd1',
  dataset_name: 'corpus',
  hyperparameters: { model: 'training/open_lm_configs/open_lm_7b.json', tokens: 100, seed: 7, params: 5 },
  open_lm_args: ['--seed', '7', '--lr', '0.1'],
};
const EVAL = {
  uuid: 'e1',
  model: 'open_lm_7b',
  model_uuid: 'm1',
  name: 'heavy',
  eval_metrics: { icl: { copa: 0.5 } },
};

async function imported(...records: object[]) {
  const files = Object.fromEntries(records.map((record, index) => [`${index}.json`, JSON.stringify(record)]));
  const [match] = await dclm.detect(folderOf('store', files));
  return dclm.read({ name: 'store', files: match?.files ?? [] }, {});
}
const data = async (record: object) => (await imported(record)).events[0]?.data;

describe('a dataset record', () => {
  it('is a snapshot identified by its UUID, with declared counts and a date without time zone', async () => {
    expect(await data(DATASET)).toMatchObject({
      snapshotId: 'urn:dclm:dataset:d1',
      name: 'corpus',
      uri: 's3://bucket/corpus',
      tokens: { value: 12, method: 'declared' },
      bytes: { value: 40, method: 'declared' },
      createdAt: '2024_05_06-22_26_34',
      createdAtZone: 'unknown',
    });
  });

  it('has a source that is listed twice with multiplicity 2', async () => {
    const code = { uuid: 's1', name: 'starcoder' };
    const { sources } = (await data({ ...DATASET, sources: [code, { uuid: 's2' }, code] })) as {
      sources: unknown;
    };
    expect(sources).toEqual([
      { kind: 'snapshot', ref: 'urn:dclm:dataset:s1', name: 'starcoder', multiplicity: 2 },
      { kind: 'snapshot', ref: 'urn:dclm:dataset:s2', multiplicity: 1 },
    ]);
  });

  it('has an address as opaque source', async () => {
    expect(await data({ ...DATASET, sources: 's3://bucket/paths.gz' })).toMatchObject({
      sources: [{ kind: 'uri', ref: 's3://bucket/paths.gz', reason: 'opaque_uri' }],
    });
  });

  it('has an unnamed source if the string is empty', async () => {
    expect(await data({ ...DATASET, sources: '' })).toMatchObject({
      sources: [{ kind: 'unknown', ref: SOURCE_WITHOUT_NAME, reason: 'source_empty' }],
    });
  });

  it.each([{ sources: null }, {}])('has unknown sources instead of none if it has %j', async (stated) => {
    const { events, warnings } = await imported({ ...DATASET, ...stated });
    expect(events[0]?.data).not.toHaveProperty('sources');
    expect(warnings.map(({ code }) => code)).toContain('sources_absent');
  });

  it('differs from a dataset with the same name', async () => {
    const { events, warnings } = await imported(DATASET, { ...DATASET, uuid: 'd2' });
    expect(events).toHaveLength(2);
    expect(warnings).toContainEqual({
      code: 'name_duplicate',
      count: 1,
      example: expect.stringContaining('corpus'),
    });
  });

  it('keeps only the digest of its diff, and not the token in it', async () => {
    const diff = `+export HF_TOKEN=hf_${'A'.repeat(34)}\n`;
    const fact = await data({ ...DATASET, dcnlp_commit_hash: 'a'.repeat(40), dcnlp_diff: diff });
    const digest = createHash('sha256').update(diff).digest('hex');
    expect(fact).toMatchObject({ code: { revision: 'a'.repeat(40), digest }, redacted: true });
    expect(JSON.stringify(fact)).not.toContain('HF_TOKEN');
  });

  it('replaces a list of every input by its length and digest', async () => {
    const fact = await data({
      ...DATASET,
      dataset_urls: Array.from({ length: 2000 }, (_v, i) => `s3://b/${i}.warc`),
    });
    expect(fact).toMatchObject({ config: { dataset_urls: { leftOut: 'too long', items: 2000 } } });
  });
});

describe('a model record', () => {
  it('is a run on its dataset with its arguments in order', async () => {
    expect(await data(MODEL)).toMatchObject({
      runId: 'urn:dclm:model:m1',
      snapshotId: 'urn:dclm:dataset:d1',
      model: { name: 'open_lm_7b', parameters: 5 },
      seeds: { init: 7, dataOrder: 7 },
      tokenBudget: 100,
      config: { open_lm_args: ['--seed', '7', '--lr', '0.1'] },
    });
  });

  it('keeps the name of a dataset without UUID and leaves it unresolved as uuid_missing', async () => {
    const { events, unresolved } = await imported({ ...MODEL, dataset_uuid: '', dataset_name: 'lost' });
    expect(events[0]?.data).toMatchObject({
      snapshotId: DATASET_WITHOUT_UUID,
      config: { dataset_name: 'lost' },
    });
    expect(unresolved).toMatchObject([
      { pointer: '/dataset_uuid', reason: expect.stringContaining('uuid_missing') },
    ]);
  });

  it('ends as failed with its traceback or as completed, and does not end if the record does not say so', async () => {
    const endOf = async (members: object) => (await imported({ ...MODEL, ...members })).events[1]?.data;
    expect(await endOf({ failed: true, error: 'Traceback' })).toMatchObject({
      status: 'failed',
      reason: 'Traceback',
    });
    expect(await endOf({ failed: false, error: '' })).toMatchObject({ status: 'completed' });
    expect(await endOf({})).toBeUndefined();
  });

  it('has validation losses with their bounds as metrics without a step', async () => {
    const row = { loss: 2.5, loss_tokens_lower_95: 2.4, val_data: ['/x/open_lm_val/shard_0.tar'] };
    const { events } = await imported({ ...MODEL, results: [row] });
    expect(events[1]?.data).toMatchObject({
      keys: [
        'validation/open_lm_val/shard_0.tar/loss',
        'validation/open_lm_val/shard_0.tar/loss_tokens_lower_95',
      ],
      steps: [null, null],
      values: [2.5, 2.4],
    });
  });
});

describe('an evaluation record', () => {
  it('is a score of the model with its UUID', async () => {
    expect(await data(EVAL)).toMatchObject({
      runId: 'urn:dclm:model:m1',
      evaluationId: 'urn:dclm:eval:e1',
      benchmark: 'copa',
      value: 0.5,
    });
  });

  it('leaves a model unresolved that it names without a UUID', async () => {
    const { events, unresolved } = await imported({ ...EVAL, model_uuid: undefined, model: 'Qwen/Qwen2-7B' });
    expect(events[0]?.data).toMatchObject({
      runId: 'urn:dclm:model:name:Qwen/Qwen2-7B',
      modelRef: 'Qwen/Qwen2-7B',
    });
    expect(unresolved).toMatchObject([{ reason: 'uuid_missing: urn:dclm:model:name:Qwen/Qwen2-7B' }]);
  });

  it('is of the model that its file names where the record names an architecture', async () => {
    const modelsOf = async (files: Record<string, object>) => {
      const texts = Object.entries(files).map(([path, record]) => [path, JSON.stringify(record)]);
      const [match] = await dclm.detect(folderOf('store', Object.fromEntries(texts)));
      const { events } = await dclm.read({ name: 'store', files: match?.files ?? [] }, {});
      return events.flatMap(({ data: fact }) => ('benchmark' in fact ? [fact.runId] : []));
    };
    const of = (uuid: string, members: object = {}) => ({
      ...EVAL,
      uuid,
      model: 'open_lm_1b',
      model_uuid: undefined,
      ...members,
    });
    expect(
      await modelsOf({
        'evals/evaluation_c4-open_lm_1b-seed=1_heavy.json': of('e1'),
        'evals/evaluation_c4-open_lm_1b-seed=2_heavy.json': of('e2'),
        'light/c4-open_lm_1b-seed=2_light.json': of('e3', { model_uuid: 'None' }),
        'a/heavy.json': of('e4'),
        'b/heavy.json': of('e5', { model: '' }),
        'c/x.json': of('e6', { model: 'open_lm_1b', model_name: 'org/named' }),
        'd/evaluation_open_lm_1b_heavy.json': of('e7'),
        'e/evaluation_open_lm_1b_heavy.json': of('e8'),
        'f/epoch_6.json': of('e9'),
      }),
    ).toEqual([
      'urn:dclm:model:eval:e4',
      'urn:dclm:model:eval:e5',
      'urn:dclm:model:name:org/named',
      'urn:dclm:model:eval:e7',
      'urn:dclm:model:eval:e8',
      'urn:dclm:model:file:c4-open_lm_1b-seed=1',
      'urn:dclm:model:file:c4-open_lm_1b-seed=2',
      'urn:dclm:model:eval:e9',
      'urn:dclm:model:file:c4-open_lm_1b-seed=2',
    ]);
  });

  it('keeps models apart whose long names differ at the end', async () => {
    const long = 'x'.repeat(400);
    const ids = await Promise.all(
      ['a', 'b'].map(async (end) => data({ ...EVAL, model_uuid: `${long}${end}` })),
    );
    expect(new Set(ids.map((fact) => (fact && 'runId' in fact ? fact.runId : ''))).size).toBe(2);
  });

  it('has Core with its version, and drops the repetition without version', async () => {
    const core = { Core: 0.2, Core_v1: 0.3, Core_v2: 0.2, eval_version: 'v2', eval_metrics: { icl: {} } };
    const { events } = await imported({ ...EVAL, ...core });
    expect(events.map(({ data: fact }) => fact)).toMatchObject([
      { benchmark: 'Core', metricVersion: 'v1', value: 0.3 },
      { benchmark: 'Core', metricVersion: 'v2', value: 0.2 },
    ]);
  });

  it('has no score if text says that tasks are missing', async () => {
    const { events, warnings } = await imported({ ...EVAL, Extended: 'N/A due to missing tasks: []' });
    expect(events).toHaveLength(1);
    expect(warnings).toContainEqual({
      code: 'score_absent',
      count: 1,
      example: expect.stringContaining('N/A'),
    });
  });
});

describe('the store', () => {
  it.each(['2023-11-29 20:06:41', '2024_01_25-1_30_23', '2024_05_06-22_26_34'])(
    'reads %s as a date without time zone and gives no fact a time',
    async (creation_date) => {
      const { events, warnings } = await imported({ ...DATASET, creation_date });
      expect(events[0]).not.toHaveProperty('time');
      expect(warnings.map(({ code }) => code)).toContain('time_zone_unknown');
    },
  );

  it('yields equal facts for equal bytes, independent of other files', async () => {
    const [alone, withOthers] = [await imported(MODEL), await imported(DATASET, MODEL)];
    const withoutPath = ({ events }: typeof alone) =>
      events.find(({ type }) => type === 'training.run.started');
    expect(withoutPath(alone)).toEqual(withoutPath(withOthers));
  });

  it('is not recognised in other JSON', async () => {
    const others = {
      'results.json': JSON.stringify({
        results: { copa: { acc: 0.5 } },
        versions: {},
        config: { model_args: '' },
      }),
      'state.json': JSON.stringify({ log_history: [], global_step: 1 }),
      'list.json': '[{"uuid":"a"}]',
      'cut.json': '{"uuid":"a","sources":[',
    };
    expect(await dclm.detect(folderOf('other', others))).toEqual([]);
  });
});
