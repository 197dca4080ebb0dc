import { describe, expect, it } from 'vitest';
import { factsOf, importOf } from '../import.fixture.ts';
import { nanotron } from './nanotron.ts';
import { plainYaml } from '../files/plain-yaml.ts';
import { slicesOf } from '../facts/slice-names.ts';

const stage = (name: string, from: number, weights: readonly number[]) =>
  [
    `- name: ${name}`,
    `  start_training_step: ${from}`,
    '  data:',
    '    dataset:',
    '      dataset_folder:',
    ...weights.map((_weight, index) => `      - /data/part-${index}/tokenized`),
    '      dataset_weights:',
    ...weights.map((weight) => `      - ${weight}`),
    '    seed: 6',
  ].join('\n');

const one = stage('stable', 1, [0.5, 0.5]);
const two = stage('more code', 3450001, [0.25, 0.75]);
const three = stage('decay', 4200001, [0.5, 0.5056]);
const file = (...stages: string[]) => `data_stages:\n${stages.join('\n')}\nmodel: {}\n`;

describe('nanotron', () => {
  it('reads stages as phases that end where the next one starts', async () => {
    const imported = await importOf(nanotron, { 'stage2.yaml': file(one, two) });
    expect(factsOf(imported, 'mixture.plan.decided')).toMatchObject([
      {
        unit: 'sample_share',
        phases: [
          {
            name: 'stable',
            fromStep: 1,
            endsAt: 3450000,
            weights: [{ slice: 'part-0/tokenized', weight: 0.5 }, {}],
          },
          { name: 'more code', fromStep: 3450001, weights: [{ weight: 0.25 }, { weight: 0.75 }] },
        ],
      },
    ]);
    expect(imported.rejected).toEqual([]);
  });

  it('keeps weights that sum to 1.0056, with a warning', async () => {
    const imported = await importOf(nanotron, { 'stage3.yaml': file(three) });
    expect(imported.warnings).toContainEqual({
      code: 'weights_do_not_sum_to_one',
      count: 1,
      example: 'stage3.yaml /data_stages/0: the weights sum to 1.0056',
    });
    expect(factsOf(imported, 'mixture.plan.decided')[0]?.phases[0]?.weights[1]?.weight).toBe(0.5056);
  });

  it('rejects a stage with unequal numbers of folders and weights, and keeps the others', async () => {
    const broken = one.replace('      - 0.5\n', '');
    const imported = await importOf(nanotron, { 'a.yaml': file(broken, two) });
    expect(imported.rejected).toEqual([
      { source: 'a.yaml', pointer: '/data_stages/0', reason: 'the stage has 2 datasets but 1 weights' },
    ]);
    expect(factsOf(imported, 'mixture.plan.decided')[0]?.phases).toHaveLength(1);
  });

  it('gives a single folder without a weight the weight 1, and reads weights by path', async () => {
    const single =
      'data_stages:\n- name: a\n  start_training_step: 1\n  data:\n    dataset:\n      dataset_folder: /d/web\n';
    const mapped = single.replace('/d/web', '{/d/web: 0.4, /d/code: 0.6}');
    const imported = await importOf(nanotron, { 'a.yaml': single, 'b.yml': mapped });
    expect(factsOf(imported, 'mixture.plan.decided').map(({ phases }) => phases[0].weights)).toMatchObject([
      [{ slice: 'web', weight: 1 }],
      [
        { slice: 'web', weight: 0.4 },
        { slice: 'code', weight: 0.6 },
      ],
    ]);
  });

  it('does not match YAML without stages', async () => {
    expect(
      (await importOf(nanotron, { 'a.yaml': 'data_stages: []\n', 'b.yaml': 'a: [', 'c.txt': one })).events,
    ).toEqual([]);
  });
});

describe('plainYaml', () => {
  it('resolves anchors and merge keys and keeps interpolations as text', () => {
    const text = 'a: &x {b: 1, c: "${oc.env:HOME}/d"}\ne:\n  <<: *x\n  b: 2\n';
    expect(plainYaml(text).documents).toEqual([
      { a: { b: 1, c: '${oc.env:HOME}/d' }, e: { b: 2, c: '${oc.env:HOME}/d' } },
    ]);
  });

  it('rejects exponentially expanding aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let depth = 1; depth < 9; depth += 1) {
      lines.push(
        `a${depth}: &a${depth} [${Array(9)
          .fill(`*a${depth - 1}`)
          .join(', ')}]`,
      );
    }
    expect(plainYaml(lines.join('\n')).broken).toContain('alias');
  });

  it('executes no tag', () => {
    expect(plainYaml('a: !!python/object/apply:os.system ["true"]\n').documents).toEqual([{ a: ['true'] }]);
  });

  it('returns the location of a syntax error', () => {
    expect(plainYaml('a: [1, 2\nb: {').broken).toContain('line');
  });
});

describe('slicesOf', () => {
  it('takes the shortest suffixes that distinguish the paths', () => {
    expect(slicesOf(['/d/web/tok', '/d/code/tok'])).toEqual(['web/tok', 'code/tok']);
    expect(slicesOf(['s3://b/Fine Web', 's3://b/stack'])).toEqual(['fine-web', 'stack']);
  });

  it('numbers a path that is listed twice', () => {
    expect(slicesOf(['/a', '/a'])).toEqual(['a', 'a-2']);
  });
});

describe('stages of other versions and malformed stages', () => {
  const dataset = (text: string, from = '1') =>
    `data_stages:\n- name: a\n  start_training_step: ${from}\n  data:\n    dataset: ${text}\n`;

  it('have lists of datasets with folders, and steps with underscores', async () => {
    const text = dataset(
      '{datasets: [{folder: s3://a/b}, {folder: s3://a/c}], dataset_weights: [2, 3]}',
      '3_450_001',
    );
    const [plan] = factsOf(await importOf(nanotron, { 'a.yaml': text }), 'mixture.plan.decided');
    expect(plan?.phases[0]).toMatchObject({
      fromStep: 3450001,
      weights: [
        { slice: 'b', weight: 2 },
        { slice: 'c', weight: 3 },
      ],
    });
  });

  it('are rejected if they are not mappings, and too large mixtures are rejected completely', async () => {
    const odd = await importOf(nanotron, { 'a.yaml': `${dataset('{dataset_folder: a}')}- 7\n` });
    expect(odd.rejected).toEqual([
      { source: 'a.yaml', pointer: '/data_stages/1', reason: 'the stage is not a mapping' },
    ]);
    const names = Array.from({ length: 4097 }, (_none, index) => `d${index}: 1`).join(', ');
    const large = await importOf(nanotron, { 'a.yaml': dataset(`{dataset_folder: {${names}}}`) });
    expect([large.events, large.rejected[0]?.reason]).toEqual([
      [],
      expect.stringContaining('more than 64 phases'),
    ]);
  });

  it('yield well-formed facts if names have lone surrogates or are truncated within a character', async () => {
    const long = `x${'🔥'.repeat(2000)}`;
    const files = {
      [`${long.slice(0, 601)}.yaml`]: dataset(
        `{dataset_folder: ["/d/${long}", "/e/\\ud83d"], dataset_weights: [1, 1]}`,
      ),
    };
    expect((await importOf(nanotron, files)).events).toHaveLength(1);
  });

  it('can have circular anchors', async () => {
    const text =
      'd: &d\n  self: *d\n  data: {dataset: {dataset_folder: a}}\ndata_stages:\n- {<<: *d, start_training_step: 1}\n';
    expect((await importOf(nanotron, { 'a.yaml': text })).events).toHaveLength(1);
  });

  it('numbers repeated names without colliding with other names', () => {
    expect(slicesOf(['/a', '/a', '/a-2'])).toEqual(['a', 'a-3', 'a-2']);
  });
});
