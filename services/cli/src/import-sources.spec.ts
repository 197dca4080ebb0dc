import { gzipSync } from 'node:zlib';
import { folderOf, importers, recognise, sweep } from '@tributary/importers';
import type { Importer } from '@tributary/importers';
import { expect, it } from 'vitest';
import { ImportTally } from './import-tally.ts';
import { planSources } from './import-sources.ts';

/** A source whose importer does this with the content of its only file. */
function sourceOf(content: Uint8Array, read: (content: Promise<Uint8Array>) => Promise<never>) {
  const folder = folderOf('rows', { 'rows.gz': content });
  const importer: Importer = {
    ...sweep,
    kind: 'rows',
    read: ({ files: [file] }) => read(file?.content() ?? Promise.reject(new RangeError('no file'))),
  };
  return { importer, folder, confidence: 1, evidence: [] };
}

it('goes on after an importer that fails, and ends at a file of which a part would not be read', async () => {
  const packed = gzipSync('{}\n');
  const read = async (content: Promise<Uint8Array>): Promise<never> => {
    throw new RangeError(`${(await content).length} bytes`);
  };
  const tally = new ImportTally();
  const steps: string[] = [];
  const progress = { step: (text: string) => void steps.push(text), note: () => undefined };
  await planSources([sourceOf(packed, read), sourceOf(packed, read)], {}, tally, progress);
  expect(tally.rejected.map(({ reason }) => reason)).toEqual(
    Array.from({ length: 2 }, () => 'the importer rows failed: 3 bytes'),
  );
  expect(steps).toEqual(['source 1 of 2: 0 events read', 'source 2 of 2: 0 events read', '']);
  const padded = Buffer.concat([packed, Buffer.alloc(1), packed]);
  await expect(planSources([sourceOf(padded, read)], {}, tally, progress)).rejects.toMatchObject({
    code: 'gzip_ends_early',
  });
});

it('names the copies among the files, such as a blend that two recipes repeat byte for byte', async () => {
  const blend = JSON.stringify({ datasets: [{ name: 'web', path: 'hf://o/web', weight: 1 }] });
  const others = { 'c/blend.json': blend.replace('1}', '2}') };
  const shard = { samples: 1, raw_data: { basename: '0.mds', bytes: 9, hashes: {} } };
  const index = JSON.stringify({ version: 2, shards: [shard] });
  const folder = folderOf('recipes', {
    'a/blend.json': blend,
    'b/blend.json': blend,
    ...others,
    'code/0/index.json': index,
    'web/0/index.json': index,
  });
  const tally = new ImportTally();
  const progress = { step: () => undefined, note: () => undefined };
  await planSources((await recognise(importers, folder)).sources, {}, tally, progress);
  expect(tally.warnings.filter(({ code }) => code === 'file_repeated')).toEqual([
    {
      code: 'file_repeated',
      count: 1,
      example: 'b/blend.json is a copy of a/blend.json; what both state is one',
    },
  ]);
});
