import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, hasShared, importOf, shared } from '../import.fixture.ts';
import { nemoBlend } from './nemo-blend.ts';

const blend = {
  _comment: 'Why.',
  _mixture_source: 'Figure 4 of the report',
  _missing_categories: { code: { weight: 14, description: 'Code data.' }, academic: 1.7 },
  datasets: [
    { name: 'Web High', path: 'hf://o/web', subset: 'High', weight: 2.5, text_field: 'text' },
    { name: 'Math', path: 'hf://o/math', category: 'math', weight: '4' },
  ],
};
const imported = (value: unknown) => importOf(nemoBlend, { 'blend.json': JSON.stringify(value) });

describe('nemo-blend', () => {
  it('keeps raw weights, missing categories, the citation and the comment', async () => {
    const [plan] = factsOf(await imported(blend), 'mixture.plan.decided');
    expect(plan).toMatchObject({
      unit: 'unnormalised',
      rationale: 'Why.',
      citation: 'Figure 4 of the report',
      missing: [
        { description: 'code: Code data.', weight: 14 },
        { description: 'academic', weight: 1.7 },
      ],
      phases: [
        {
          weights: [
            { slice: 'web-high', weight: 2.5, source: 'hf://o/web#High', label: 'Web High' },
            { slice: 'math', weight: 4, source: 'hf://o/math' },
          ],
        },
      ],
    });
  });

  it('makes no mixture of an empty blend', async () => {
    const empty = await imported({ datasets: [] });
    expect(empty.events).toEqual([]);
    expect(codesOf(empty)).toEqual(['blend_empty']);
  });

  it('makes a list of sources of a blend without weights', async () => {
    const plain = await imported({ datasets: [{ name: 'a', path: 'hf://o/a' }] });
    expect(factsOf(plain, 'mixture.plan.decided')).toEqual([]);
    expect(factsOf(plain, 'corpus.snapshot.registered')).toMatchObject([
      { sources: [{ ref: 'hf://o/a', name: 'a' }] },
    ]);
    expect(codesOf(plain)).toEqual(['weights_absent']);
  });

  it.each(['???', '/path/to/data', 'path/to/data.jsonl', '<path>', 'hf://your-org/x'])(
    'makes no fact of a template with the path %s, weighted or not',
    async (path) => {
      for (const weight of [{ weight: 1 }, {}]) {
        const template = await imported({
          datasets: [
            { name: 'a', path: 'hf://o/a' },
            { name: 'b', path },
          ].map((entry) => ({ ...entry, ...weight })),
        });
        expect(template.events).toEqual([]);
        expect(codesOf(template)).toEqual(['template_left_out']);
      }
    },
  );

  it('makes no mixture of a blend for validation or a test', async () => {
    const text = JSON.stringify(blend);
    const files = { 'a-valid-b.json': text, 'blend_test.json': text, 'validation.json': text };
    const heldOut = await importOf(nemoBlend, files);
    expect(heldOut.events).toEqual([]);
    expect(heldOut.warnings).toMatchObject([{ code: 'held_out_blend_left_out', count: 3 }]);
    expect(factsOf(await importOf(nemoBlend, { 'latest.json': text }), 'mixture.plan.decided')).toHaveLength(
      1,
    );
  });

  it('rejects a dataset without a weight if others have one', async () => {
    const mixed = await imported({ datasets: [...blend.datasets, { name: 'x', path: 'y' }] });
    expect(mixed.rejected).toMatchObject([{ pointer: '/datasets/2/weight' }]);
  });

  it('does not match other JSON', async () => {
    for (const value of [[], {}, { datasets: 3 }, { datasets: [{ uuid: 'a' }] }, { datasets: [], a: 1 }]) {
      expect((await imported(value)).events).toEqual([]);
    }
  });
});

describe.skipIf(!hasShared('nemotron-blends'))('nemotron-blends (needs shared data nemotron-blends)', () => {
  it('has the golden weight sums, and 25 blends of which three are empty', async () => {
    const folder = await shared('nemotron-blends');
    const all = await importOf(nemoBlend, folder);
    expect(all.rejected).toEqual([]);
    const sum = async (path: string) => {
      const files = folder.files.filter((file) => file.path.endsWith(path));
      const [plan] = factsOf(await importOf(nemoBlend, { name: 'one', files }), 'mixture.plan.decided');
      const weights = plan?.phases[0].weights ?? [];
      const total = weights.reduce((whole, { weight }) => whole + weight, 0);
      return [weights.length, Number(total.toFixed(6))];
    };
    const pretrain = 'stage0_pretrain/config/data_prep/data_blend_raw';
    expect(await sum(`super3/${pretrain}_phase1.json`)).toEqual([29, 80.4]);
    expect(await sum(`super3/${pretrain}_phase2.json`)).toEqual([27, 82.9]);
    expect(await sum(`super3/${pretrain}_long_context.json`)).toEqual([28, 103.6]);
    expect(await sum(`ultra3/${pretrain}_phase1.json`)).toEqual([29, 80.8]);
    expect(await sum(`ultra3/${pretrain}_phase2.json`)).toEqual([29, 80.8]);
    expect(await sum('super3/stage1_sft/config/data_prep/data_blend_raw.json')).toEqual([12, 58.3]);
    expect(await sum('ultra3/stage1_sft/config/data_prep/data_blend_raw.json')).toEqual([12, 58.3]);
    expect(await sum(`nano3/${pretrain}.json`)).toEqual([23, 23]);
    expect(await sum(`lightning35/${pretrain}.json`)).toEqual([23, 23]);
    expect(all.warnings).toContainEqual(expect.objectContaining({ code: 'blend_empty', count: 3 }));
    expect(all.warnings).toContainEqual(expect.objectContaining({ code: 'weights_absent', count: 4 }));
    const [matches, phase1] = [
      await nemoBlend.detect(folder),
      factsOf(all, 'mixture.plan.decided').find(
        ({ name, missing }) => name === 'data_blend_raw_phase1' && missing?.length === 4,
      ),
    ];
    expect(matches).toHaveLength(25);
    expect(phase1?.missing?.map(({ weight }) => weight)).toEqual([14, 2.1, 1.8, 1.7]);
  });
});

describe('a list of dataset paths and ratios', () => {
  it('is a mixture over samples with distinct slices, and keeps a sum greater than one', async () => {
    const entry = (part: string, ratio: number) => ({ dataset_path: `/m/v3/${part}/x_text_document`, ratio });
    const list = [entry('lm_ar_labr', 0.25), entry('code', 0.7500000000125)];
    const imported = await importOf(nemoBlend, { 'ratios.json': JSON.stringify(list) });
    expect(factsOf(imported, 'mixture.plan.decided')).toMatchObject([
      {
        unit: 'sample_share',
        phases: [{ weights: [{ slice: 'lm_ar_labr/x', weight: 0.25 }, { weight: 0.7500000000125 }] }],
      },
    ]);
    expect(imported.warnings).toEqual([]);
  });

  it('rejects an invalid entry with its index', async () => {
    const list = [
      7,
      { dataset_path: '/a', ratio: 1 },
      { dataset_path: '/b', ratio: -1 },
      { dataset_path: '/c', ratio: 1 },
    ];
    const { rejected } = await importOf(nemoBlend, { 'ratios.json': JSON.stringify(list) });
    expect(rejected.map(({ pointer }) => pointer)).toEqual(['/0/ratio', '/2/ratio']);
  });
});
