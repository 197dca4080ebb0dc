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
  it('reads stages as phases that hold until the next one starts', async () => {
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

  it('makes one schedule of three files that repeat the stages of the earlier ones', async () => {
    const imported = await importOf(nanotron, {
      'stage1.yaml': file(one),
      'stage2.yaml': file(one, two),
      'stage3.yaml': file(one, two, three),
    });
    const plans = factsOf(imported, 'mixture.plan.decided');
    expect(plans.map(({ phases }) => phases.map(({ fromStep }) => fromStep))).toEqual([
      [1, 3450001, 4200001],
    ]);
    expect(imported.warnings).toContainEqual(expect.objectContaining({ code: 'stages_repeated', count: 3 }));
  });

  it('keeps weights that sum to 1.0056 and says so', async () => {
    const imported = await importOf(nanotron, { 'stage3.yaml': file(three) });
    expect(imported.warnings).toContainEqual({
      code: 'weights_do_not_sum_to_one',
      count: 1,
      example: 'stage3.yaml /data_stages/0: they sum to 1.0056',
    });
    expect(factsOf(imported, 'mixture.plan.decided')[0]?.phases[0]?.weights[1]?.weight).toBe(0.5056);
  });

  it('rejects a stage whose folders and weights do not match, and keeps the others', async () => {
    const broken = one.replace('      - 0.5\n', '');
    const imported = await importOf(nanotron, { 'a.yaml': file(broken, two) });
    expect(imported.rejected).toEqual([
      { source: 'a.yaml', pointer: '/data_stages/0', reason: '2 datasets and 1 weights do not match' },
    ]);
    expect(factsOf(imported, 'mixture.plan.decided')[0]?.phases).toHaveLength(1);
  });

  it('takes one folder without a weight as the whole, and weights by path', async () => {
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

  it('leaves YAML without stages to others', async () => {
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

  it('refuses aliases that unfold without end', () => {
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

  it('runs no tag', () => {
    expect(plainYaml('a: !!python/object/apply:os.system ["true"]\n').documents).toEqual([{ a: ['true'] }]);
  });

  it('says where text is broken', () => {
    expect(plainYaml('a: [1, 2\nb: {').broken).toContain('line');
  });
});

describe('slicesOf', () => {
  it('takes as few trailing parts as tell paths apart', () => {
    expect(slicesOf(['/d/web/tok', '/d/code/tok'])).toEqual(['web/tok', 'code/tok']);
    expect(slicesOf(['s3://b/Fine Web', 's3://b/stack'])).toEqual(['fine-web', 'stack']);
  });

  it('numbers a path that is listed twice', () => {
    expect(slicesOf(['/a', '/a'])).toEqual(['a', 'a-2']);
  });
});

describe('stages of other versions and of bad will', () => {
  const dataset = (text: string, from = '1') =>
    `data_stages:\n- name: a\n  start_training_step: ${from}\n  data:\n    dataset: ${text}\n`;

  it('reads datasets that have a folder each, and a step with underscores', async () => {
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

  it('rejects a stage that is no map by its place, and a mixture that is too large instead of a part of it', async () => {
    const odd = await importOf(nanotron, { 'a.yaml': `${dataset('{dataset_folder: a}')}- 7\n` });
    expect(odd.rejected).toEqual([
      { source: 'a.yaml', pointer: '/data_stages/1', reason: 'the stage is no map' },
    ]);
    const names = Array.from({ length: 4097 }, (_none, index) => `d${index}: 1`).join(', ');
    const large = await importOf(nanotron, { 'a.yaml': dataset(`{dataset_folder: {${names}}}`) });
    expect([large.events, large.rejected[0]?.reason]).toEqual([
      [],
      expect.stringContaining('at most 64 phases'),
    ]);
  });

  it('keeps facts well-formed where names are cut within a character or hold half of one', async () => {
    const long = `x${'🔥'.repeat(2000)}`;
    const files = {
      [`${long.slice(0, 601)}.yaml`]: dataset(
        `{dataset_folder: ["/d/${long}", "/e/\\ud83d"], dataset_weights: [1, 1]}`,
      ),
    };
    expect((await importOf(nanotron, files)).events).toHaveLength(1);
  });

  it('reads an anchor that holds itself', async () => {
    const text =
      'd: &d\n  self: *d\n  data: {dataset: {dataset_folder: a}}\ndata_stages:\n- {<<: *d, start_training_step: 1}\n';
    expect((await importOf(nanotron, { 'a.yaml': text })).events).toHaveLength(1);
  });

  it('gives no number to a repeated name that another name has', () => {
    expect(slicesOf(['/a', '/a', '/a-2'])).toEqual(['a', 'a-3', 'a-2']);
  });
});
