import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import type { SourceFile } from '../files/folder.ts';
import { codesOf, factsOf, importOf, sample } from '../import.fixture.ts';
import { cachedDatasetsIn, indicesOf, isCacheFile, blendsIn } from './cache.ts';
import { indexedDatasetIn } from './indexed-dataset.ts';
import { megatronData } from './megatron-data.ts';
import { sampleAt } from './sample.ts';

type Expected = { sample: number; dataset: number; tokens: number[] }[];

const folder = await sample('megatron-data');
const found = (name: string): SourceFile => {
  const file = folder.files.find(({ path }) => path.endsWith(name));
  if (!file) throw new Error(`the sample has no ${name}`);
  return file;
};
const without = (...parts: string[]) => ({
  name: folder.name,
  files: folder.files.filter(({ path }) => !parts.some((part) => path.includes(part))),
});

async function indicesOfSample() {
  const reject = (source: string, reason: string) => expect.fail(`${source}: ${reason}`);
  const cached = await cachedDatasetsIn(folder.files.filter(isCacheFile), reject);
  const [run] = blendsIn(cached, 'train');
  const indices = run && (await indicesOf(run, cached, reject));
  if (!run || !indices) throw new Error('the sample has no training blend');
  return { run, indices };
}

/** The items of a sample, read from the `.bin` by its documents. */
async function decoded(k: number) {
  const { run, indices } = await indicesOfSample();
  const at = sampleAt(k, indices.blend, indices.corpora);
  const prefix = run.corpora[at?.dataset ?? 0]?.path.split('/').at(-1) ?? '';
  const index = indexedDatasetIn(await found(`${prefix}.idx`).read());
  const bin = await found(`${prefix}.bin`).read();
  if (!at || typeof index === 'string') throw new Error('the sample does not decode');
  const starts = Array.from({ length: index.sequences }, (_none, sequence) =>
    Array.from({ length: sequence }, (_item, before) => index.lengthOf(before)).reduce(
      (sum, one) => sum + one,
      0,
    ),
  );
  const view = new DataView(bin.buffer, bin.byteOffset, bin.byteLength);
  const tokens = at.documents.flatMap((document, position) => {
    const from = position === 0 ? at.firstOffset : 0;
    const to = position === at.documents.length - 1 ? at.lastOffset + 1 : index.lengthOf(document);
    return Array.from({ length: to - from }, (_none, item) =>
      view.getUint16(((starts[document] ?? 0) + from + item) * 2, true),
    );
  });
  return { dataset: at.dataset, tokens };
}

describe('sampleAt', () => {
  it('finds the corpus and the same tokens as Megatron for every sample', async () => {
    const expected = (await found('expected.json').json()) as Expected;
    expect(expected).toHaveLength(80);
    for (const { sample: k, dataset, tokens } of expected) {
      expect(await decoded(k)).toEqual({ dataset, tokens });
    }
  });

  it('returns undefined outside of the index', async () => {
    const { indices } = await indicesOfSample();
    expect(sampleAt(80, indices.blend, indices.corpora)).toBeUndefined();
    expect(sampleAt(-1, indices.blend, indices.corpora)).toBeUndefined();
    expect(sampleAt(0, indices.blend, [])).toBeUndefined();
  });
});

describe('megatron-data', () => {
  it('counts every token that a step reads, by corpus', async () => {
    const imported = await importOf(megatronData, folder, { name: 'run-1' });
    expect(imported.rejected).toEqual([]);
    expect(imported.unresolved).toEqual([]);
    const exposures = factsOf(imported, 'training.exposure.recorded');
    expect(exposures.map(({ firstStep, lastStep }) => [firstStep, lastStep])).toEqual(
      Array.from({ length: 10 }, (_none, index) => [index + 1, index + 1]),
    );
    const expected = (await found('expected.json').json()) as Expected;
    const samplesOf = (dataset: number) => expected.filter((one) => one.dataset === dataset).length;
    const tokensOf = (slice: string) =>
      exposures
        .flatMap(({ amounts }) => amounts)
        .filter((one) => one.slice === slice)
        .reduce((sum, one) => sum + one.amount, 0);
    expect([tokensOf('web'), tokensOf('code')]).toEqual([samplesOf(0) * 16, samplesOf(1) * 16]);
    expect(tokensOf('web') + tokensOf('code')).toBe(80 * 16);
    expect(exposures[0]).toMatchObject({ runId: 'run-1', attempt: 1, unit: 'token', method: 'inferred' });
  });

  it('reads the blend of a command line as shares of samples', async () => {
    const [plan] = factsOf(await importOf(megatronData, without('cache')), 'mixture.plan.decided');
    expect(plan).toMatchObject({
      unit: 'sample_share',
      phases: [
        {
          weights: [
            { slice: 'web', weight: 70 },
            { slice: 'code', weight: 30 },
          ],
        },
      ],
    });
    expect(plan?.rationale).toContain('90,10,0');
  });

  it('measures tokens, documents and bytes from the .idx and .bin files', async () => {
    const imported = await importOf(megatronData, without('cache', 'args'));
    const bins = await found('code_text_document.bin').read();
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      {
        slice: 'code',
        documents: { value: 12, method: 'measured' },
        tokens: { value: bins.length / 2, method: 'measured' },
        bytes: { value: bins.length, method: 'measured' },
      },
      { slice: 'images_document', documents: { value: 4 }, tokens: { value: 24 } },
      { slice: 'web', documents: { value: 30 } },
    ]);
    expect(codesOf(imported)).toEqual(['multimodal']);
  });

  it('infers bytes if the .bin is missing', async () => {
    const [shard] = factsOf(
      await importOf(megatronData, without('cache', 'args', '.bin')),
      'corpus.shard.registered',
    );
    expect(shard?.bytes).toEqual({ value: 616, method: 'inferred' });
  });

  it('has no steps if the batch size is unknown', async () => {
    const imported = await importOf(megatronData, without('args'));
    expect(factsOf(imported, 'training.exposure.recorded')).toEqual([]);
    expect(imported.unresolved[0]?.reason).toContain('--global-batch-size');
    expect(factsOf(imported, 'corpus.attribute.measured')).toMatchObject([
      { attribute: 'megatron.samples', values: [{ bucket: 'web' }, { bucket: 'code' }] },
    ]);
  });

  it('rejects a cache with a missing or broken array', async () => {
    expect((await importOf(megatronData, without('-shuffle_index'))).rejected[0]?.reason).toBe(
      'the array is missing',
    );
    const read = folder.files.map(async (file) => [file.path, await file.read()] as const);
    const files = Object.fromEntries(await Promise.all(read));
    const broken = Object.keys(files).find((path) => path.endsWith('train-dataset_index.npy')) ?? '';
    const imported = await importOf(megatronData, {
      ...files,
      [broken]: (files[broken] ?? new Uint8Array()).subarray(0, 200),
    });
    expect(imported.rejected[0]?.reason).toContain('truncated');
  });

  it('rejects an index that is truncated, has another version, or an unknown dtype', async () => {
    const whole = Buffer.from(await found('web_text_document.idx').read());
    const changed = (at: number, value: number) => {
      const copy = Buffer.from(whole);
      copy.writeUInt8(value, at);
      return copy;
    };
    const reasons = [whole.subarray(0, 300), whole.subarray(0, 20), changed(9, 2), changed(17, 9)].map(
      async (bytes) => {
        const { rejected, events } = await importOf(megatronData, { 'a.idx': bytes });
        expect(events).toEqual([]);
        return rejected[0]?.reason;
      },
    );
    expect(await Promise.all(reasons)).toMatchObject([
      expect.stringContaining('truncated'),
      expect.stringContaining('truncated'),
      expect.stringContaining('version is 2'),
      expect.stringContaining('dtype code 9'),
    ]);
    expect(await megatronData.detect(folderOf('x', { 'a.idx': 'MMIDIDy' }))).toEqual([]);
  });

  it('warns if a .bin does not have the length in its index', async () => {
    const idx = await found('web_text_document.idx').read();
    expect(codesOf(await importOf(megatronData, { 'a.idx': idx, 'a.bin': 'x' }))).toEqual([
      'bin_does_not_fit_index',
    ]);
  });

  it('yields equal events again', async () => {
    const [first, second] = [await importOf(megatronData, folder), await importOf(megatronData, folder)];
    expect(second.events).toEqual(first.events);
  });
});

describe('contradicting files of Megatron', () => {
  const changed = async (name: string, change: (view: DataView) => void) => {
    const file = found(name);
    const bytes = Uint8Array.from(await file.read());
    change(new DataView(bytes.buffer));
    const others = await Promise.all(
      folder.files.map(async (other) => [other.path, await other.read()] as const),
    );
    return { ...Object.fromEntries(others), [file.path]: bytes };
  };

  it('are rejected if the last pointer of an index is invalid', async () => {
    const index = indexedDatasetIn(await found('web_text_document.idx').read());
    const sequences = typeof index === 'string' ? 0 : index.sequences;
    const last = 34 + sequences * 4 + (sequences - 1) * 8;
    for (const pointer of [-(2n ** 40n), 2n ** 62n]) {
      const files = await changed('web_text_document.idx', (view) => view.setBigInt64(last, pointer, true));
      const { rejected } = await importOf(megatronData, files);
      expect(rejected[0]?.reason).toContain('the last pointer leads to byte');
    }
  });

  it('are rejected if a sample names a corpus that the blend does not have', async () => {
    const files = await changed('BlendedDataset-train-dataset_index.npy', (view) =>
      view.setInt16(view.byteLength - 2, 7, true),
    );
    const { rejected, events } = await importOf(megatronData, files);
    expect(rejected[0]?.reason).toBe('the array names corpus 7, but the blend has 2 corpora');
    expect(events.some(({ type }) => type === 'training.exposure.recorded')).toBe(false);
  });
});
