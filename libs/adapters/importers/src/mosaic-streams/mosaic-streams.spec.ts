import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf } from '../import.fixture.ts';
import { mosaicStreams } from './mosaic-streams.ts';

const config = (streams: string) =>
  importOf(mosaicStreams, { 'mpt.yaml': `train_loader:\n  dataset:\n    streams: ${streams}\n` });

describe('streams of a dataset', () => {
  it('are a mixture in their unit, independent of its sum', async () => {
    const shares = await config(
      '{c4: {remote: s3://b/c4, split: train, proportion: 0.3}, code: {local: /d, proportion: 0.7}}',
    );
    expect(factsOf(shares, 'mixture.plan.decided')).toMatchObject([
      {
        unit: 'sample_share',
        phases: [
          {
            weights: [
              { slice: 'c4', weight: 0.3, source: 's3://b/c4/train' },
              { slice: 'code', source: '/d' },
            ],
          },
        ],
      },
    ]);
    const unitOf = async (streams: string) => factsOf(await config(streams), 'mixture.plan.decided')[0]?.unit;
    expect(await unitOf('{a: {remote: x, repeat: 2}}')).toBe('epochs');
    expect(await unitOf('[{remote: s3://a, choose: 10}, {remote: s3://b, choose: 5}]')).toBe('unnormalised');
  });

  it('are rejected if they use several units, or if one has no weight', async () => {
    const mixed = await config('{a: {remote: x, proportion: 1}, b: {remote: y, choose: 3}}');
    expect([mixed.events, mixed.rejected[0]?.pointer]).toEqual([[], '/train_loader/dataset/streams']);
    const partly = await config(
      '{a: {remote: x, proportion: 1}, b: {remote: y}, c: {remote: z, proportion: .nan}, d: 7}',
    );
    expect(partly.rejected.map(({ pointer }) => pointer.slice(-2))).toEqual(['/d', '/b', '/c']);
  });

  it('are a list of sources if they have no weights', async () => {
    const imported = await config('{a: {remote: s3://a}, b: {remote: s3://b}}');
    expect(factsOf(imported, 'corpus.snapshot.registered')[0]?.sources).toHaveLength(2);
    expect(codesOf(imported)).toEqual(['weights_absent']);
  });

  it.each(['/path/to/data', '???', '${variables.data_remote}', 's3://my-bucket/c4', '<remote>'])(
    'are a template and no fact with the place %s',
    async (remote) => {
      for (const weight of [', proportion: 0.5', '']) {
        const streams = `{a: {remote: s3://b/c4${weight}}, b: {remote: "${remote}", split: train${weight}}}`;
        const template = await config(streams);
        expect(template.events).toEqual([]);
        expect(codesOf(template)).toContain('template_left_out');
      }
    },
  );

  it('are not matched in an evaluation or in the configuration of another tool', async () => {
    const text = 'eval_loader: {dataset: {streams: {v: {remote: s3://v, proportion: 1}}}}\n';
    const evaluation = await importOf(mosaicStreams, {
      'a.yaml': text,
      'b.yaml': text.replace('eval_', 'latest_'),
    });
    expect(factsOf(evaluation, 'mixture.plan.decided')).toMatchObject([{ name: 'b' }]);
    expect(codesOf(evaluation)).toEqual(['held_out_blend_left_out']);
    const dolma = 'streams: [{name: a, documents: [b], output: {path: c}}]\n';
    expect((await importOf(mosaicStreams, { 'a.yaml': dolma })).events).toEqual([]);
  });
});
