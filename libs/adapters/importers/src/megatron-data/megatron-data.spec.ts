import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import type { SourceFile } from '../files/folder.ts';
import { codesOf, factsOf, importOf, sample } from '../import.fixture.ts';
import { indexedDatasetIn } from './indexed-dataset.ts';
import { megatronData } from './megatron-data.ts';

const sha256Of = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

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

  it('names the files that say the order of the samples', async () => {
    const orders = factsOf(
      await importOf(megatronData, folder, { name: 'run-1' }),
      'training.order.recorded',
    );
    const sha256 = (name: string) => found(name).sha256();
    const web = '02de52a07bc7333443400c9df0177173-GPTDataset-train';
    expect(orders).toMatchObject([
      {
        runId: 'run-1',
        attempt: 1,
        firstStep: 1,
        lastStep: 10,
        method: 'inferred',
        order: {
          megatronIndex: {
            sequenceLength: 16,
            firstSample: 0,
            batches: [
              {
                fromStep: 1,
                samples: 8,
              },
            ],
            blend: {
              dataset: await sha256('BlendedDataset-train-dataset_index.npy'),
              datasetSample: await sha256('BlendedDataset-train-dataset_sample_index.npy'),
            },
            corpora: [
              {
                path: '/data/mini/megatron/web_text_document',
                slice: 'web',
                document: await sha256(`${web}-document_index.npy`),
                sample: await sha256(`${web}-sample_index.npy`),
                shuffle: await sha256(`${web}-shuffle_index.npy`),
                index: await sha256('web_text_document.idx'),
              },
              {
                slice: 'code',
                index: await sha256('code_text_document.idx'),
              },
            ],
          },
        },
      },
    ]);
  });

  it('names no index of a corpus whose path could be that of several', async () => {
    const files = Object.fromEntries(
      await Promise.all(folder.files.map(async (file) => [file.path, await file.read()] as const)),
    );
    const { 'web_text_document.idx': idx = '', ...others } = files;
    const [own, code] = [sha256Of(idx), await found('code_text_document.idx').sha256()];
    const indexesWith = async (second: string | Uint8Array) => {
      const twins = { 'a/web_text_document.idx': idx, 'b/web_text_document.idx': second };
      const orders = factsOf(
        await importOf(megatronData, { ...others, ...twins }),
        'training.order.recorded',
      );
      return orders[0]?.order.megatronIndex?.corpora.map(({ index }) => index);
    };
    expect(await indexesWith(idx)).toEqual([own, code]);
    const other = Uint8Array.from(Buffer.from(idx));
    other[34] = (other[34] ?? 0) + 1;
    expect(await indexesWith(other)).toEqual([undefined, code]);
  });

  it('has one shard of an index with and without its .bin, whose bytes are measured where one lies beside it', async () => {
    const [idx, bin] = [
      await found('web_text_document.idx').read(),
      await found('web_text_document.bin').read(),
    ];
    const shardsOf = async (files: Readonly<Record<string, Uint8Array>>) =>
      (await importOf(megatronData, files)).events.map(({ id, data }) => ({ id, data }));
    const whole = await shardsOf({ 'x.idx': idx, 'x.bin': bin });
    expect(whole).toMatchObject([{ data: { bytes: { value: bin.length, method: 'measured' } } }]);
    expect(await shardsOf({ 'x/x.idx': idx, 'x/x.bin': bin, 'only/x.idx': idx })).toEqual(whole);
    const [alone] = await shardsOf({ 'x.idx': idx });
    expect([alone?.id === whole[0]?.id, alone?.data]).toMatchObject([
      false,
      { shardId: Object(whole[0]?.data)['shardId'] as string, bytes: { method: 'inferred' } },
    ]);
  });

  it('names source rows only where rows, documents and sequences are as many', async () => {
    const files = Object.fromEntries(
      await Promise.all(folder.files.map(async (file) => [file.path, await file.read()] as const)),
    );
    const rowsIn = async (idx: Uint8Array) => {
      const imported = await importOf(megatronData, { ...files, 'web_text_document.idx': idx });
      const [order] = factsOf(imported, 'training.order.recorded');
      const warned = imported.warnings.find(({ code }) => code === 'rows_do_not_fit_index')?.example;
      return [order?.order.megatronIndex?.corpora[0]?.rows, warned];
    };
    const idx = Buffer.from(files['web_text_document.idx'] ?? '');
    expect(await rowsIn(idx)).toEqual([await found('web_text_document.meta.parquet').sha256(), undefined]);
    /* One document fewer: one of them has two sequences. */
    const fewer = Buffer.from(idx);
    fewer.writeBigUInt64LE(fewer.readBigUInt64LE(26) - 1n, 26);
    expect(await rowsIn(fewer)).toEqual([
      undefined,
      'web_text_document.meta.parquet: it has 30 rows, its index has 30 sequences and 29 documents; no source rows are known',
    ]);
  });

  it('has the steps of a batch size that grows', async () => {
    const read = folder.files.map(async (file) => [file.path, await file.read()] as const);
    const files = Object.fromEntries(await Promise.all(read));
    const args = new TextDecoder().decode(await found('args.yaml').read());
    const growing = (values: string) => ({
      ...files,
      'args.yaml': `${args}\n  --rampup-batch-size: ${values}\n`,
    });
    const imported = await importOf(megatronData, growing('2 2 24'));
    expect(imported.unresolved).toEqual([]);
    const [order] = factsOf(imported, 'training.order.recorded');
    expect(order?.order.megatronIndex?.batches).toEqual([
      { fromStep: 1, samples: 2 },
      { fromStep: 5, samples: 4 },
      { fromStep: 7, samples: 6 },
      { fromStep: 9, samples: 8 },
    ]);
    const exposures = factsOf(imported, 'training.exposure.recorded');
    const tokens = exposures.map(({ amounts }) => amounts.reduce((sum, { amount }) => sum + amount, 0));
    expect(tokens).toEqual([2, 2, 2, 2, 4, 4, 6, 6, 8, 8].map((samples) => samples * 16));
    const refused = await importOf(megatronData, growing('3 2 24'));
    expect(refused.unresolved[0]?.reason).toContain('a batch size of 3 does not grow to 8');
    expect(factsOf(refused, 'training.exposure.recorded')).toEqual([]);
  });

  it.each([
    ['cyclic', 'cyclic'],
    ['external', 'external'],
    ['single --dataloader-type cyclic', 'cyclic'],
    ['$SAMPLER', '$SAMPLER'],
  ])('has no steps if the samples are read in another order: %s', async (option, named) => {
    const command = (dataloader: string) => ({
      name: folder.name,
      files: [
        ...without('args').files,
        ...folderOf('x', {
          'run.sh': `x --data-path 70 /data/mini/megatron/web_text_document 30 /data/mini/megatron/code_text_document --seq-length 16 --global-batch-size 8 ${dataloader}\n`,
        }).files,
      ],
    });
    const steps = async (dataloader: string) => {
      const imported = await importOf(megatronData, command(dataloader));
      const { unresolved } = imported;
      const read = factsOf(imported, 'training.exposure.recorded').length;
      return { unresolved, read, orders: factsOf(imported, 'training.order.recorded').length };
    };
    const known = { unresolved: [], read: 10, orders: 1 };
    expect(await steps('')).toEqual(known);
    expect(await steps('--dataloader-type cyclic --dataloader-type single')).toEqual(known);
    expect(await steps(`--dataloader-type ${option}`)).toMatchObject({
      unresolved: [{ reason: expect.stringContaining(`--dataloader-type is ${named},`) as string }],
      read: 0,
      orders: 0,
    });
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
