import { describe, expect, it } from 'vitest';
import { folderOf } from '../../files/folder.ts';
import { codesOf, kindsOf, readBy } from '../../import.fixture.ts';
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

it('is none in the program that reads one, in prose about it, in a template or in the mixture of a validation', async () => {
  const program =
    'sources:\n# each has a source_name: and a target_ratio:\nclass SourceMixture:\n    source_name: str\n    target_ratio: float\n';
  const prose = `# Mixtures\n\n\`\`\`yaml\n${MIXTURE}\`\`\`\n`;
  const others = {
    'source_mixture.py': program,
    'mixture.txt': program,
    'README.md': prose,
    'notes.txt': prose,
  };
  expect(await kindsOf(others)).toEqual([]);
  expect(await kindsOf({ 'mixture.txt': MIXTURE })).toEqual(['olmo-source-mixture']);
  const template = MIXTURE.replace('gs://b/web/*.npy', '/path/to/data/*.npy');
  const left = await readBy(olmoSourceMixture, { 'a.yaml': template, 'mix-validation.yaml': MIXTURE });
  expect(left.events).toEqual([]);
  expect(codesOf(left)).toEqual(['template_left_out', 'held_out_blend_left_out']);
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
