import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeTable } from '../attribute-table/attribute-table.ts';
import { datatrove } from '../datatrove/datatrove.ts';
import { dolma } from '../dolma/dolma.ts';
import type { Importer } from '../importer.ts';
import { mds } from '../mds/mds.ts';
import { mixingLaws } from '../mixing-laws/mixing-laws.ts';
import { mosaicStreams } from '../mosaic-streams/mosaic-streams.ts';
import { megatronData } from '../megatron-data/megatron-data.ts';
import { nanotron } from '../nanotron/nanotron.ts';
import { nemoBlend } from '../nemo-blend/nemo-blend.ts';
import { routingCounts } from '../routing-counts/routing-counts.ts';
import { importOf, sample } from '../import.fixture.ts';
import { manifest } from './manifest.ts';

const TEXTS: Readonly<Record<string, string>> = {
  'shards.csv': 'key,size,subset,category\ns3://a.npy,10,web,Games\ns3://b.npy,12,code,\n',
  'manifest.csv': 'shard_uri,sha256,bytes,attrs\ns3://a,,10,"{""q"": 1}"\n',
  'stages.yaml':
    'data_stages:\n- name: a\n  start_training_step: 1\n  data: {dataset: {dataset_folder: [a, b], dataset_weights: [1, 2]}}\n',
  'blend.json':
    '{"datasets": [{"name": "a", "path": "b", "weight": 1}], "_missing_categories": {"c": {"weight": 2}}}',
  'mixer.yaml': 'streams:\n- {name: a, documents: [b], output: {path: c}}\n',
  'rates.yaml': 'destination_prefix: a/b\nsource_prefixes:\n- {prefix: c/d, sample_rate: 1.5}\n',
  'shares.json': '{"a/vigintile_0001": 0.25, "a/vigintile_0002": 0.75}',
  'ratios.json': '[{"dataset_path": "/m/en/x_text_document", "ratio": 0.5}]',
  'losses.txt': '/c/RP//70M_1-0.25-0.75/2000\t/d/pile.valid.Github.bin\t2.5\n',
  'streams.yaml': 'train_loader:\n  dataset:\n    streams: {a: {remote: s3://a, proportion: 1}}\n',
  'documents.jsonl': '{"id":"1","text":"a","source":"web"}\n',
  'attributes.jsonl': '{"id":"1","attributes":{"a__b__c":[[0,1,0.5]]}}\n',
  'wids.json': '{"shardlist": [{"url": "a.tar", "nsamples": 3, "filesize": 4}]}',
  'run.sh': 'x --data-path 0.3 a 0.7 b --split 9,1,0\n',
  'experts.csv': 'model,topk,domain,layer,expert,count\nm,top2,web,0,0,6\nm,top2,web,0,1,4\n',
  'scores.csv': 'row,node_count,cirs\n0,12,0.08\n',
  'summary.json': '{"feature_order": ["a"], "corpus_mean": [1], "corpus_sd_population": [2]}',
};

const IMPORTERS: readonly Importer[] = [
  attributeTable,
  datatrove,
  dolma,
  manifest,
  mds,
  megatronData,
  mixingLaws,
  mosaicStreams,
  nanotron,
  nemoBlend,
  routingCounts,
];

async function filesOf(): Promise<Record<string, Uint8Array>> {
  const kinds = ['datatrove', 'dolma', 'mds', 'megatron-data'];
  const folders = await Promise.all(kinds.map(sample));
  const entries = folders.flatMap(({ files }, at) =>
    files.map(async (file) => [`${kinds[at] ?? ''}/${file.path}`, await file.read()] as const),
  );
  const texts = Object.entries(TEXTS).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  return Object.fromEntries([...(await Promise.all(entries)), ...texts]);
}

describe('importers of corpora and mixtures', () => {
  it('never throw for a damaged file, and still yield facts that match their schemas', async () => {
    const files = await filesOf();
    const damage = fc.record({
      path: fc.constantFrom(...Object.keys(files)),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ path, keep, at, bytes }) => {
        const whole = files[path] ?? new Uint8Array();
        const truncated = Uint8Array.from(whole.subarray(0, Math.ceil(whole.length * keep)));
        const position = Math.floor(truncated.length * at);
        truncated.set(bytes.subarray(0, truncated.length - position), position);
        const folder = path.slice(0, path.lastIndexOf('/') + 1);
        const siblings = Object.entries(files).filter(([other]) => other.startsWith(folder) && folder !== '');
        for (const importer of IMPORTERS) {
          const imported = await importOf(importer, { ...Object.fromEntries(siblings), [path]: truncated });
          expect(imported.plan.events).toBe(imported.events.length);
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});
