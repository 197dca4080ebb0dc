import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { folderOf, importers, recognise, sweep } from '@tributary/importers';
import type { Importer } from '@tributary/importers';
import { expect, it } from 'vitest';
import { ImportTally } from './import-tally.ts';
import { planSources, refuseOtherRun } from './import-sources.ts';

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

const LOG = readFileSync(join(import.meta.dirname, '../../../examples/samples/megatron/restarted.txt'));

it('reads a file as the kind that the caller names, or rejects it with the line that contradicts it', async () => {
  const progress = { step: () => undefined, note: () => undefined };
  const plan = async (text: string, kind: string) => {
    const tally = new ImportTally();
    const folder = folderOf('one', { 'train.txt': text });
    await planSources(
      (await recognise(importers, folder, [{ path: '', kind }])).sources,
      {},
      tally,
      progress,
    );
    return tally;
  };
  const read = await plan(`\n# losses\n1 9.5\n2 9.1\n${'words\n'.repeat(90)}`, 'torchtitan');
  expect(read.plan.byType['training.steps.recorded']).toBe(1);
  for (const { kind } of importers) {
    const refused = await plan('\nDear reader, nothing here.\n', kind);
    expect([kind, refused.plan.events]).toEqual([kind, 0]);
    expect(refused.rejected.at(-1)).toMatchObject({
      source: 'train.txt:2',
      reason: expect.stringContaining('the line is "Dear reader, nothing here."'),
    });
  }
});

it('names the run of a file that does not, and refuses to where the file names another', async () => {
  const one = await recognise(importers, folderOf('logs', { 'a.log': LOG }));
  await refuseOtherRun(one.sources, { run: 'mine' });
  const [source] = one.sources;
  const { events } = (await source?.importer.read(source.folder, { run: 'mine' })) ?? { events: [] };
  expect(new Set(events.map(({ data }) => 'runId' in data && data.runId))).toEqual(new Set(['mine']));
  const chart = 'Step,run-1 - loss,run-1 - loss__MIN,run-1 - loss__MAX\n1,2.5,2.5,2.5\n2,2.25,2.25,2.25\n';
  const named = await recognise(importers, folderOf('charts', { 'loss.csv': chart }));
  expect(named.sources.map(({ importer }) => importer.kind)).toEqual(['wandb-chart']);
  await expect(refuseOtherRun(named.sources, { run: 'mine' })).rejects.toMatchObject({
    refusal: 'run_contradicted',
    message: expect.stringMatching(/^loss\.csv, .*: the run is .*run-1; --run says mine\.$/),
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
