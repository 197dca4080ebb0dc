import { describe, expect, it } from 'vitest';
import { folderOf } from '../../files/folder.ts';
import { olmoProvenance } from '../provenance/provenance.ts';
import { olmoSourceMixture } from './source-mixture.ts';

const MIXTURE = `sources:
  - source_name: Web--Art & Design
    target_ratio: 0.6
    paths:
      # 18,273
      - gs://b/web/*.npy
  - source_name: code
    # target_ratio: 0.3
    target_ratio: 0.5
    paths: []
  - source_name: broken
    target_ratio: much
`;

describe('a source mixture', () => {
  it('is a plan of token shares that keeps their sum', async () => {
    const folder = folderOf('x', { 'Tiny-midtraining.yaml': MIXTURE });
    const { events, warnings, rejected } = await olmoSourceMixture.read(folder, {});
    expect(events[0]?.data).toMatchObject({
      mixtureId: expect.stringMatching(/^Tiny-midtraining@[0-9a-f]{12}$/),
      name: 'Tiny-midtraining',
      unit: 'token_share',
      phases: [
        {
          weights: [
            { slice: 'web--art-design', weight: 0.6, label: 'Web--Art & Design', source: 'gs://b/web/*.npy' },
            { slice: 'code', weight: 0.5 },
          ],
        },
      ],
    });
    expect(warnings).toMatchObject([{ code: 'shares_sum' }]);
    expect(rejected).toMatchObject([{ pointer: '/sources/2' }]);
  });

  it('is not recognised in other YAML', async () => {
    expect(await olmoSourceMixture.detect(folderOf('x', { 'a.yaml': 'sources:\n  - name: a\n' }))).toEqual(
      [],
    );
  });
});

describe('a provenance table', () => {
  it('lists shards by source dataset', async () => {
    const text =
      'Dataset,Data Directory\r\nwiki,https://d.example/0.gz\r\nwiki,https://d.example/1.gz\r\n,x\r\n';
    const folder = folderOf('x', { 'provenance.csv': text });
    expect(await olmoProvenance.detect(folder)).toMatchObject([{ confidence: 0.96 }]);
    const { events, rejected } = await olmoProvenance.read(folder, {});
    expect(events[0]?.data).toMatchObject({
      sources: [{ kind: 'name', ref: 'wiki', multiplicity: 2 }],
      config: { rowsByDataset: { wiki: 2 } },
    });
    expect(rejected).toMatchObject([{ source: 'provenance.csv:4' }]);
  });
});

it('takes no more than linear work to recognise files of which the head is empty lines', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_none, at) => [`${at}.yaml`, '\n'.repeat(65_000)]),
  );
  expect(await olmoSourceMixture.detect(folderOf('empty', files))).toEqual([]);
});
