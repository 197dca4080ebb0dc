import { join } from 'node:path';
import { folderOf, importers, readFolder, recognise } from '@tributary/importers';
import { expect, it } from 'vitest';
import { ImportTally } from './import-tally.ts';
import { RawKeeper } from './raw-files.ts';
import { blobServer } from './server/blob-server.fixture.ts';

const STORE = join(import.meta.dirname, '../../../examples/samples/mlflow-store/mlruns');
const PASSWORD = 'hunter22xyz';

/** A store of MLflow in which the name of a parameter's file alone says that its content is a secret. */
async function storeWithPassword() {
  const { files } = await readFolder(STORE);
  const contents = await Promise.all(files.map(async (file) => [file.path, await file.content()] as const));
  const tags = contents.find(([path]) => path.includes('/tags/'))?.[0] ?? '';
  const run = tags.slice(0, tags.indexOf('/tags/'));
  const folder = folderOf('mlruns', {
    ...Object.fromEntries(contents),
    [`${run}/params/db_password`]: Buffer.from(PASSWORD),
  });
  const { sources } = await recognise(importers, folder);
  const source = sources.find(({ importer }) => importer.kind === 'mlflow-store');
  if (!source) throw new Error('the store was not recognised');
  const { events } = await source.importer.read(source.folder, {});
  const byDigest = new Map(
    await Promise.all(source.folder.files.map(async (file) => [await file.sha256(), file] as const)),
  );
  return { events, byDigest };
}

it.each([
  /* The file of the run too: the fact that it begins has the parameters. */
  [false, 2],
  [true, 0],
])(
  'a file whose name tells that it is a secret is withheld unless secrets are kept (%s)',
  async (keepsSecrets, withheld) => {
    const { events, byDigest } = await storeWithPassword();
    expect(JSON.stringify(events)).not.toContain(PASSWORD);
    const { url, blobs } = await blobServer();
    const tally = new ImportTally();
    const keeper = await RawKeeper.open({ url, keepsRaw: true, keepsSecrets }, tally);
    for await (const _event of keeper.watched(events));
    await keeper.keep(byDigest);
    expect(keeper.counts).toMatchObject({ withheld, known: 0 });
    expect(keeper.counts.kept).toBeGreaterThan(3);
    const bodies = [...blobs.values()].map(({ body }) => body);
    expect(bodies.includes(PASSWORD)).toBe(keepsSecrets);
  },
);

it('sends nothing where raw files are not kept', async () => {
  const { events, byDigest } = await storeWithPassword();
  const keeper = await RawKeeper.open(
    { url: 'http://127.0.0.1:1', keepsRaw: false, keepsSecrets: false },
    new ImportTally(),
  );
  for (const event of events) keeper.watch(event);
  await keeper.keep(byDigest);
  expect(keeper.counts).toEqual({ kept: 0, known: 0, withheld: 0 });
});
