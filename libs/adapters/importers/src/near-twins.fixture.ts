import { crc32 } from 'node:zlib';
import { configTwins } from './config-twins.fixture.ts';
import { outputTwins } from './near-twins-of-outputs.fixture.ts';
import { json, text } from './twin-file.fixture.ts';
import type { NearTwins, TwinFile } from './twin-file.fixture.ts';

const reversed = (value: object): object => Object.fromEntries(Object.entries(value).toReversed());

const dataset = (n: number, more: object = {}) => ({
  '@context': { cr: 'http://mlcommons.org/croissant/' },
  '@type': 'sc:Dataset',
  conformsTo: 'http://mlcommons.org/croissant/1.0',
  name: `set ${n}`,
  url: 'https://mlcommons.org',
  version: 'None',
  distribution: [{ '@type': 'cr:FileObject', '@id': 'a', contentUrl: `https://hub.example/${n}` }],
  ...more,
});

const evaluation = (n: number, more: object = {}) => ({
  uuid: `e${n}`,
  model: 'open_lm_1b',
  eval_metrics: { icl: { copa: 0.5 } },
  ...more,
});
const ofModel = (n: number, name: string, more: object = {}) =>
  json(`evaluation_${name}_heavy.json`, evaluation(n, more));

const blend = (n: number, weight: number, name = 'web') => ({
  datasets: [
    { name, path: `hf://o/${n}`, weight },
    { name: 'code', path: 'hf://o/code', weight: 1 },
  ],
});

const config = (n: number, more = '') =>
  `run_name: Tiny\nseed: ${n}\nmodel:\n  d_model: 8\n  max_sequence_length: 100\nglobal_train_batch_size: 10\nmax_duration: 1000\ndata:\n  paths:\n    - https://d.example/${n}.npy\n${more}`;

const source = (n: number, ratio: number) =>
  text(
    'mix.yaml',
    'sources:',
    `  - source_name: web${n}`,
    `    target_ratio: ${ratio}`,
    '  - source_name: code',
    '    target_ratio: 0.5',
  );

const stages = (n: number, weight: number) =>
  text(
    'stages.yaml',
    'data_stages:',
    '- name: stable',
    `  start_training_step: ${n + 1}`,
    '  data:',
    '    dataset:',
    '      dataset_folder:',
    '      - /data/a/tokenized',
    '      - /data/b/tokenized',
    '      dataset_weights:',
    `      - ${weight}`,
    '      - 0.5',
    '    seed: 6',
  );

const streams = (n: number, remote: string) =>
  text(
    'mpt.yaml',
    'train_loader:',
    '  dataset:',
    '    streams:',
    `      a: {remote: ${remote}, proportion: 0.5}`,
    `      b: {remote: s3://b/${n}, proportion: 0.5}`,
  );

const state = (n: number, loss: number) =>
  json('trainer_state.json', {
    global_step: 2,
    log_history: [
      { step: 1, loss },
      { step: 2, loss: n },
    ],
  });

const iteration = (step: number, loss: number) =>
  ` iteration ${step}/ 9 | consumed samples: ${step} | elapsed time per iteration (ms): 1.0 | learning rate: 1.0E-4 | global batch size: 1 | lm loss: ${loss.toFixed(3)} | grad norm: 1.0 |`;

const results = (n: number, model: string, revision: string) =>
  json('results.json', {
    results: { copa: { acc: n / 1000 } },
    versions: { copa: 0 },
    config: { model: 'hf', model_args: `pretrained=${model},revision=${revision}` },
  });

const light = (n: number, model: string) =>
  json('results_1.json', {
    config_general: { lighteval_sha: 'a', model_name: model },
    results: { 'suite|copa|0': { acc: n / 1000 } },
    versions: {},
  });

/** An `.idx` file of Megatron with one sequence, of as many 16-bit tokens. */
function index(tokens: number, path = 'web.idx'): TwinFile {
  const content = Buffer.alloc(34 + 12 + 16);
  content.write('MMIDIDX');
  content.writeBigUInt64LE(1n, 9);
  content.writeUInt8(8, 17);
  content.writeBigUInt64LE(1n, 18);
  content.writeBigUInt64LE(2n, 26);
  content.writeInt32LE(tokens, 34);
  content.writeBigInt64LE(1n, 54);
  return { path, content: new Uint8Array(content) };
}

/** A field of a protobuf message that holds bytes; its number and length are below 2,048 and 128. */
function field(number: number, content: string | Uint8Array): Buffer {
  const key = (number << 3) | 2;
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(key < 128 ? [key] : [(key & 127) | 128, key >> 7]),
    Buffer.from([bytes.length]),
    bytes,
  ]);
}

/** A log of W&B with the record of its run alone. */
function wandbLog(n: number, project: string, id: string): TwinFile {
  const run = Buffer.concat([
    field(1, id),
    ...(project === '' ? [] : [field(3, project)]),
    field(8, `name ${n}`),
  ]);
  const record = field(17, run);
  const header = Buffer.alloc(7);
  header.writeUInt32LE(crc32(record, crc32(Uint8Array.of(1))));
  header.writeUInt16LE(record.length, 4);
  header.writeUInt8(1, 6);
  const content = Buffer.concat([Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0]), header, record]);
  return { path: `run-${id}.wandb`, content: new Uint8Array(content) };
}

/** A kind of which any other content is another run, named by its file and its content. */
const byContent = (kind: string, path: string, ...lines: readonly ((n: number) => string)[]): NearTwins => ({
  kind,
  file: (n) => text(path, ...lines.map((line) => line(n))),
  others: {
    'the last value': (n) =>
      text(path, ...lines.map((line, at) => line(at === lines.length - 1 ? n + 0.5 : n))),
  },
});

const routed = (model: string, domain: string) =>
  text(
    'counts.csv',
    'model,topk,domain,layer,expert,count',
    ...['topk,6', 'topk,4', 'top1,3', 'top1,2'].map((row, at) => {
      const [choice = '', count = ''] = row.split(',');
      return [model, choice, domain, 0, at % 2, count].join(',');
    }),
  );

export const nearTwins: readonly NearTwins[] = [
  ...configTwins,
  ...outputTwins,
  {
    kind: 'croissant',
    file: (n) => json('metadata.json', dataset(n)),
    others: {
      'the name': (n) => json('metadata.json', dataset(n, { name: 'other' })),
      'the address': (n) => json('metadata.json', dataset(n, { url: 'https://other.example' })),
      'the version': (n) => json('metadata.json', dataset(n, { version: '2' })),
      'the files': (n) => json('metadata.json', dataset(n, { distribution: [] })),
    },
    same: { 'the order of members': (n) => json('metadata.json', reversed(dataset(n))) },
  },
  {
    kind: 'dclm',
    file: (n) => ofModel(n, 'c4-open_lm_1b-seed=1'),
    others: {
      'the name of the file': (n) => ofModel(n + 1e6, 'c4-open_lm_1b-seed=2'),
      'the name of the model on a hub': (n) =>
        ofModel(n + 1e6, 'c4-open_lm_1b-seed=1', { model: 'org/model' }),
      'the UUID of the model': (n) => ofModel(n + 1e6, 'c4-open_lm_1b-seed=1', { model_uuid: 'm1' }),
    },
    same: {
      'the order of members': (n) => ({
        ...ofModel(n, 'c4-open_lm_1b-seed=1'),
        content: JSON.stringify(reversed(evaluation(n))),
      }),
    },
  },
  {
    kind: 'nemo-blend',
    file: (n) => json('blend.json', blend(n, 1)),
    others: {
      'a weight': (n) => json('blend.json', blend(n, 2)),
      'a path': (n) => json('blend.json', blend(n + 1, 1)),
      'the name of the file': (n) => json('blend_phase2.json', blend(n, 1)),
    },
    same: { 'the order of members': (n) => json('blend.json', { _note: 'x', ...blend(n, 1) }) },
  },
  {
    kind: 'nanotron',
    file: (n) => stages(n, 0.5),
    others: { 'a weight': (n) => stages(n, 0.25), 'the first step': (n) => stages(n + 1, 0.5) },
  },
  {
    kind: 'mosaic-streams',
    file: (n) => streams(n, 's3://a'),
    others: { 'an address': (n) => streams(n, 's3://c') },
  },
  {
    kind: 'megatron-data',
    file: (n) => text('run.sh', `x --data-path 0.5 /d/web 0.5 /d/${n} --seq-length 8`),
    others: {
      'a weight': (n) => text('run.sh', `x --data-path 0.25 /d/web 0.75 /d/${n} --seq-length 8`),
      'a path': (n) => text('run.sh', `x --data-path 0.5 /d/code 0.5 /d/${n} --seq-length 8`),
    },
    same: { 'another option': (n) => text('run.sh', `x --data-path 0.5 /d/web 0.5 /d/${n} --seq-length 16`) },
  },
  {
    kind: 'megatron-data',
    file: (n) => index(n),
    others: {
      'the tokens': (n) => index(n + 1),
      'the name': (n) => index(n, 'code.idx'),
      'the split': (n) => index(n, 'val/web.idx'),
    },
  },
  {
    kind: 'olmo-mix',
    file: (n) => text('mix.txt', `web,a/{TOKENIZER}/${n}.npy`, 'code,a/{TOKENIZER}/c.npy'),
    others: {
      'a path': (n) => text('mix.txt', `web,a/{TOKENIZER}/${n}.npy`, 'code,a/{TOKENIZER}/d.npy'),
      'a label': (n) => text('mix.txt', `web,a/{TOKENIZER}/${n}.npy`, 'math,a/{TOKENIZER}/c.npy'),
      'the name of the file': (n) =>
        text('mix2.txt', `web,a/{TOKENIZER}/${n}.npy`, 'code,a/{TOKENIZER}/c.npy'),
    },
  },
  {
    kind: 'olmo-source-mixture',
    file: (n) => source(n, 0.5),
    others: { 'a ratio': (n) => source(n, 0.25), 'a source': (n) => source(n + 1, 0.5) },
  },
  {
    kind: 'olmo-training',
    file: (n) => text('run.yaml', config(n)),
    others: {
      'the seed': (n) => text('run.yaml', config(n + 1)),
      'another member': (n) => text('run.yaml', config(n, 'precision: fp32')),
    },
  },
  {
    kind: 'olmo-training',
    file: (n) => text('T-7B.csv', 'Step,Checkpoint Directory', `${n},https://a.example/r/step${n}`),
    others: {
      'the address': (n) =>
        text('T-7B.csv', 'Step,Checkpoint Directory', `${n},https://b.example/r/step${n}`),
    },
  },
  {
    kind: 'olmo-provenance',
    file: (n) => text('provenance.csv', 'Dataset,Data Directory', `wiki,https://d.example/${n}.gz`),
    others: {
      'a path': (n) => text('provenance.csv', 'Dataset,Data Directory', `wiki,https://d.example/${n}x.gz`),
    },
  },
  {
    kind: 'wandb',
    file: (n) => wandbLog(n, 'one', `r${n}`),
    others: {
      'the project': (n) => wandbLog(n, 'two', `r${n}`),
      'no project': (n) => wandbLog(n, '', `r${n}`),
      'the id': (n) => wandbLog(n, 'one', `s${n}`),
    },
  },
  {
    kind: 'hf-trainer',
    file: (n) => state(n, 2),
    others: { 'a loss': (n) => state(n, 3) },
  },
  byContent(
    'megatron-log',
    'log.txt',
    () => iteration(1, 9),
    () => iteration(2, 8),
    (n) => iteration(3, n),
  ),
  byContent(
    'torchtitan',
    'loss.txt',
    () => '1 2.5',
    () => '2 2.25',
    (n) => `3 ${n}`,
  ),
  byContent(
    'nanogpt-console',
    'log.txt',
    () => 'iter 0: loss 9.5000, time 52.34ms, mfu 1.00%',
    (n) => `iter 1: loss ${n.toFixed(4)}, time 52.34ms, mfu 1.00%`,
  ),
  byContent('megatron-golden', 'golden.json', (n) =>
    JSON.stringify({
      'lm loss': { start_step: 0, end_step: 10, step_interval: 5, values: { 1: 2.5, 5: n } },
    }),
  ),
  {
    kind: 'lm-eval',
    file: (n) => results(n, 'org/m', 'step8'),
    others: {
      'the model': (n) => results(n, 'org/n', 'step8'),
      'the revision': (n) => results(n, 'org/m', 'step9'),
    },
  },
  { kind: 'lighteval', file: (n) => light(n, 'org/m'), others: { 'the model': (n) => light(n, 'org/n') } },
  {
    kind: 'manifest',
    file: (n) => text('manifest.csv', 'shard_uri,bytes', `s3://b/a.npy,${n}`, 's3://b/c.npy,2'),
    others: {
      'an address': (n) => text('manifest.csv', 'shard_uri,bytes', `s3://b/a.npy,${n}`, 's3://b/d.npy,2'),
    },
  },
  {
    kind: 'score-table',
    file: (n) => text('scores.csv', 'run,task,metric,value', `r${n},copa,acc,0.5`),
    others: { 'the run': (n) => text('scores.csv', 'run,task,metric,value', `s${n},copa,acc,0.5`) },
  },
  {
    kind: 'attribute-table',
    file: (n) => text('scores.csv', 'row,node_count,structure_score,cirs', `0,${n},0.2,0.08`),
    others: {
      'a score': (n) => text('scores.csv', 'row,node_count,structure_score,cirs', `0,${n},0.2,0.09`),
    },
  },
  {
    kind: 'routing-counts',
    file: (n) => routed(`m${n}`, 'web'),
    others: { 'the model': (n) => routed(`k${n}`, 'web'), 'the domain': (n) => routed(`m${n}`, 'code') },
  },
  {
    kind: 'datadecide',
    file: (n) =>
      json('m.json', { [`s3://b/c4-60M-${n}`]: { model_name: `c4-60M-${n}`, runs: [{ run_id: 'a' }] } }),
    others: {
      'the model': (n) =>
        json('m.json', { [`s3://b/c4-90M-${n}`]: { model_name: `c4-90M-${n}`, runs: [{ run_id: 'a' }] } }),
    },
  },
];
