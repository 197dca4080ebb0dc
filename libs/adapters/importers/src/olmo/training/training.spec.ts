import { describe, expect, it } from 'vitest';
import type { FactCatalogue } from '@tributary/contracts';
import { folderOf } from '../../files/folder.ts';
import type { ImportedEvent } from '../../facts/imported-event.ts';
import { olmoTraining } from './training.ts';

const CONFIG = `run_name: Tiny-7B-stage2-seed42
seed: 42
model:
  d_model: 8
  max_sequence_length: 4096
optimizer:
  learning_rate: 9e-5
load_path: https://c.example/tiny/step10-unsharded
max_duration: 300e9T
global_train_batch_size: 1024
device_eval_batch_size: \${global_train_batch_size}
tokenizer:
  identifier: tok.json
data:
  paths:
    #SOURCE: http://d.example/pes2o/ (58.55BT)
    - http://d.example/pes2o/a.npy
    - http://d.example/pes2o/a.npy
    #SOURCE: http://d.example/math (9.03MT)
    - http://d.example/math/b.npy
`;

async function imported(files: Record<string, string>) {
  const folder = folderOf('configs', files);
  const [match] = await olmoTraining.detect(folder);
  return olmoTraining.read({ name: 'configs', files: match?.files ?? [] }, {});
}
const of = <Type extends keyof FactCatalogue>(events: readonly ImportedEvent[], type: Type) =>
  events.flatMap((event) => (event.type === type ? [event.data as FactCatalogue[Type]] : []));

describe('a training configuration', () => {
  it('is a planned run with its seed, parent, tokens and tokens per step', async () => {
    const { events } = await imported({ 'a.yaml': CONFIG });
    expect(of(events, 'training.run.planned')).toMatchObject([
      {
        runId: expect.stringMatching(/^urn:olmo:run:Tiny-7B-stage2-seed42@[0-9a-f]{12}$/),
        name: 'Tiny-7B-stage2-seed42',
        model: { name: 'Tiny-7B' },
        seeds: { init: 42, dataOrder: 42 },
        parentCheckpointId: 'https://c.example/tiny/step10-unsharded',
        tokenBudget: 300e9,
        tokenizer: 'tok.json',
        snapshotId: expect.stringMatching(/^urn:olmo:data:Tiny-7B-stage2-seed42@[0-9a-f]{12}$/),
        config: {
          tokensPerStep: 4_194_304,
          optimizer: { learning_rate: 9e-5 },
          data: { paths: { references: 3 } },
        },
      },
    ]);
  });

  it.each([
    [
      'its data',
      CONFIG.replace('http://d.example/math/b.npy', '/path/to/data/b.npy'),
      'a.yaml: /path/to/data/b.npy',
    ],
    ['a list without values', CONFIG.replace('http://d.example/math/b.npy', '???'), 'a.yaml /data/paths/'],
    ['another member', `${CONFIG}\nsave_folder: ???\n`, 'a.yaml /save_folder: ???'],
    [
      'its first checkpoint',
      CONFIG.replace('https://c.example/tiny/', '/path/to/'),
      'a.yaml: /path/to/step10-unsharded',
    ],
  ])('is a template and no fact with a placeholder for %s', async (_what, text, where) => {
    const { events, warnings } = await imported({ 'a.yaml': text });
    expect(events).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'template_left_out' }]);
    expect(warnings[0]?.example.startsWith(where)).toBe(true);
  });

  it('lists a path as often as it is trained on, in the group of its comment', async () => {
    const { events } = await imported({ 'a.yaml': CONFIG });
    expect(of(events, 'corpus.members.listed')[0]?.members).toMatchObject([
      { shardId: 'http://d.example/pes2o/a.npy', repeats: 2, label: 'http://d.example/pes2o/' },
      { shardId: 'http://d.example/math/b.npy', repeats: 1, label: 'http://d.example/math' },
    ]);
    expect(of(events, 'corpus.snapshot.registered')[0]).toMatchObject({
      sources: [{ kind: 'uri', ref: 'http://d.example/pes2o/' }, { ref: 'http://d.example/math' }],
      config: {
        groups: [
          { declaredTokens: 58_550_000_000, lines: 2 },
          { declaredTokens: 9_030_000, lines: 1 },
        ],
      },
    });
  });

  it('leaves a parent unresolved that is in no list', async () => {
    const list = 'Step,Checkpoint Directory\n10,https://c.example/tiny/step10-unsharded/\n';
    expect((await imported({ 'a.yaml': CONFIG })).unresolved).toMatchObject([{ pointer: '/load_path' }]);
    expect((await imported({ 'a.yaml': CONFIG, 'b.csv': list })).unresolved).toEqual([]);
  });

  it('has no tokens if the duration is a pass over the data', async () => {
    const { events, warnings } = await imported({ 'a.yaml': CONFIG.replace('300e9T', '1ep') });
    expect(of(events, 'training.run.planned')[0]).not.toHaveProperty('tokenBudget');
    expect(warnings.map(({ code }) => code)).toContain('tokens_unknown');
  });

  it('keeps interpolations as text and resolves merge keys', async () => {
    const merged = CONFIG.replace('model:\n', 'defaults: &d\n  n_heads: 3\nmodel:\n  <<: *d\n');
    const { events } = await imported({ 'a.yaml': merged });
    expect(of(events, 'training.run.planned')[0]?.config).toMatchObject({
      device_eval_batch_size: '${global_train_batch_size}',
      model: { n_heads: 3, d_model: 8 },
    });
  });

  it('is rejected with a reason if it has too many aliases or invalid YAML', async () => {
    const levels = Array.from({ length: 9 }, (_value, index) => {
      const inside = index === 0 ? '"x"' : `*a${index - 1}`;
      return `a${index}: &a${index} [${Array.from({ length: 9 }, () => inside).join(',')}]`;
    });
    const { rejected, events } = await imported({
      'bomb.yaml': `${CONFIG}\n${levels.join('\n')}\n`,
      'cut.yaml': CONFIG.replace('  paths:', '  paths: ['),
    });
    expect(events).toEqual([]);
    expect(rejected).toMatchObject([{ source: 'bomb.yaml' }, { source: 'cut.yaml' }]);
    expect(rejected[0]?.reason).toContain('alias');
  });

  it('has secrets redacted', async () => {
    const { events } = await imported({ 'a.yaml': `${CONFIG}\nnote: hf_${'a'.repeat(34)}\n` });
    expect(of(events, 'training.run.planned')[0]).toMatchObject({ redacted: true });
    expect(JSON.stringify(events)).not.toContain('aaaaaaaaaa');
  });
});

describe('a list of checkpoints', () => {
  const STAGED = `Stage,Step,Tokens Seen,Checkpoint Directory
stage1_pretraining,1000,4194304000,https://c.example/s/stage1/step1000/
stage2_mid_ingredient1,10,5000,https://c.example/s/stage2/ingredient1/step10/
stage2_mid_ingredient2,10,5000,https://c.example/s/stage2/ingredient2/step10/
stage2_mid_souped,10,5000,https://c.example/s/stage2/souped/stage2-ingredient1+2-step10/
stage_3_long,8,9000,https://c.example/s/stage3/step8/
stage3_long,7,8000,https://c.example/s/stage3/step7/
stage3_long_souped,8,9000,https://c.example/s/stage3/step8+7-nooptim/
`;

  it('has reported tokens, normalised stage names, and a run for each stage', async () => {
    const { events } = await imported({ 'Tiny-7B.csv': STAGED });
    const saved = of(events, 'training.checkpoint.saved');
    expect(saved[0]).toMatchObject({
      step: 1000,
      tokens: 4194304000,
      tokensMethod: 'reported',
      stage: 'stage1_pretraining',
    });
    expect(saved.filter(({ stage }) => stage === 'stage3_long')).toHaveLength(2);
    expect(new Set(saved.map(({ runId }) => runId)).size).toBe(6);
    expect(of(events, 'training.run.started')).toHaveLength(6);
  });

  it('has the parents in the address of an averaged checkpoint', async () => {
    const { events } = await imported({ 'Tiny-7B.csv': STAGED });
    const parents = of(events, 'training.checkpoint.saved').flatMap(({ parents: all }) => (all ? [all] : []));
    expect(parents).toEqual([
      ['https://c.example/s/stage2/ingredient1/step10', 'https://c.example/s/stage2/ingredient2/step10'],
      ['https://c.example/s/stage3/step8', 'https://c.example/s/stage3/step7'],
    ]);
  });

  it('leaves the parents of an averaged checkpoint unresolved if nothing names them', async () => {
    const list =
      'Ingredient,Step,Checkpoint Directory\n1,10,https://c.example/i1/step10/\nsoup,10,https://c.example/soup/step10/\n';
    const { events, unresolved } = await imported({ 'Tiny-7B-stage2.csv': list });
    expect(of(events, 'training.checkpoint.saved').map(({ runId }) => runId)).toEqual([
      expect.stringMatching(/^urn:olmo:run:Tiny-7B-stage2\/ingredient-1@[0-9a-f]{12}$/),
      expect.stringMatching(/^urn:olmo:run:Tiny-7B-stage2\/ingredient-soup@[0-9a-f]{12}$/),
    ]);
    expect(unresolved).toHaveLength(1);
  });

  it('infers tokens from the step only if the configurations in its folder agree', async () => {
    const list = 'Step,Checkpoint Directory\n10,https://c.example/tiny/step10-unsharded/\n';
    const stage1 = CONFIG.replace('stage2-seed42', 'stage1');
    const both = await imported({ 'Tiny-7B.csv': list, 'a.yaml': stage1 });
    expect(of(both.events, 'training.checkpoint.saved')[0]).toMatchObject({
      tokens: 41_943_040,
      tokensMethod: 'inferred',
    });
    expect(both.warnings.map(({ code }) => code)).toContain('run_not_joined');
    const alone = await imported({ 'Tiny-7B.csv': list });
    expect(of(alone.events, 'training.checkpoint.saved')[0]).not.toHaveProperty('tokens');
    const ids = (events: readonly ImportedEvent[]) =>
      events.filter(({ type }) => type === 'training.checkpoint.saved').map(({ id }) => id);
    expect(ids(alone.events)).not.toEqual(ids(both.events));
    const [run] = of(alone.events, 'training.checkpoint.saved').map(({ runId }) => runId);
    expect(of(both.events, 'training.checkpoint.saved')[0]?.runId).toBe(run);
  });

  it('has an attempt for each directory of a run, and a row without a step is rejected', async () => {
    const list =
      'Step,Checkpoint Directory\n1,https://c.example/aa/step1/\n2,https://c.example/bb/step2/\nx,https://c.example/bb/step3/\n';
    const { events, rejected } = await imported({ 'Tiny-7B.csv': list });
    expect(of(events, 'training.checkpoint.saved').map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(rejected).toMatchObject([{ source: 'Tiny-7B.csv:4' }]);
  });

  it('is not recognised in other tables and configurations', async () => {
    const others = {
      'log.csv': 'step,loss\n1,2\n',
      'a.yaml': 'model:\n  vocab_size: 3\n',
      'b.csv': 'step,checkpoint,loss\n1,a,2\n',
      'empty.csv': '',
    };
    expect(await olmoTraining.detect(folderOf('x', others))).toEqual([]);
  });
});
