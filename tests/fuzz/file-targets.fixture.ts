import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checkEnvelope, checkFact } from '@tributary/contracts';
import { chooseField, documentFile } from '@tributary/documents';
import { folderOf, importers, isGzipEndsEarly, readFolder, recognise } from '@tributary/importers';
import { storedZstd } from '../../libs/attributes/documents/src/zstd.fixture.ts';
import { tarOf } from '../../libs/attributes/documents/src/tar.fixture.ts';
import type { Target } from './target.fixture.ts';

const SAMPLES = join(import.meta.dirname, '../../examples/samples');

/** Larger files are seeds by their beginning. */
const SEED_BYTES = 8 * 1024;

/** Read once, because each input is imported beside the files of its folder. */
const samples = readFolder(SAMPLES).then(({ files }) =>
  Promise.all(files.map(async (file) => ({ path: file.path, bytes: Buffer.from(await file.read()) }))),
);

const named = (path: string, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${path}\0`), bytes]);

/** A file of the samples is replaced by the input: its path, a zero byte, its bytes. Its folder stands beside it. */
export const importing: Target = {
  name: 'files of importers',
  seeds: async () =>
    (await samples).flatMap(({ path, bytes }) => {
      const whole = named(path, bytes.subarray(0, SEED_BYTES));
      if (!path.endsWith('.gz')) return [whole];
      return [whole, named(path.slice(0, -3), gunzipSync(bytes).subarray(0, SEED_BYTES))];
    }),
  async read(input) {
    const zero = Math.max(0, input.indexOf(0));
    const path = input.subarray(0, Math.min(zero, 200)).toString('utf8') || 'file';
    const content = input.subarray(zero + 1);
    const [top = ''] = path.split('/');
    const siblings = (await samples).filter((file) => file.path.startsWith(`${top}/`)).slice(0, 20);
    const files = new Map<string, Uint8Array>(siblings.map(({ path: name, bytes }) => [name, bytes]));
    files.set(path, content);
    return outcomeOfImport(Object.fromEntries(files));
  },
};

async function outcomeOfImport(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  try {
    const { sources, failed } = await recognise(importers, folderOf('fuzzed', files));
    for (const { kind, reason } of failed) throw new Error(`the detection of ${kind} failed: ${reason}`);
    const kinds = await Promise.all(
      sources.map(async ({ importer, folder }) => {
        const { events, rejected } = await importer.read(folder, {});
        for (const event of events) {
          const violation = checkEnvelope(event).ok ? checkFact(event.type, event.data) : 'no envelope';
          if (violation)
            throw new Error(`${importer.kind} made an invalid event: ${JSON.stringify(violation)}`);
        }
        if (rejected.some(({ source, reason }) => source === '' || reason === ''))
          throw new Error(`${importer.kind} rejected something without saying what or why`);
        return `${importer.kind} ${Math.ceil(Math.log2(1 + rejected.length))}`;
      }),
    );
    return kinds.join(', ');
  } catch (error) {
    if (isGzipEndsEarly(error)) return 'gzip_ends_early';
    throw error;
  }
}

const ROWS = '{"text": "a"}\n{"text": "é", "id": 1}\nnull\n\n{"text": "b"}\n';

/** The documents of a file that `tag` would read. The name of the file is the first line. */
export const documents = (): Target & { readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-fuzz-'));
  return {
    name: 'files of documents',
    remove: () => rmSync(folder, { recursive: true, force: true }),
    async seeds() {
      const array = Buffer.from('[{"text": "a"}, {"text": "b", "more": [1]}]');
      const contents: [string, Buffer][] = [
        ['a.jsonl', Buffer.from(ROWS)],
        ['a.jsonl.gz', gzipSync(ROWS)],
        ['a.json', array],
        ['a.json.gz', gzipSync(array)],
        ['a.txt', Buffer.from('plain text é')],
        ['a.jsonl.zst', storedZstd(Buffer.from(ROWS))],
        ...tarSamples(),
        ...(await parquetSamples()),
      ];
      return contents.map(([name, bytes]) => Buffer.concat([Buffer.from(`${name}\n`), bytes]));
    },
    async read(input) {
      const end = Math.max(0, input.indexOf('\n'));
      const name = input
        .subarray(0, end)
        .toString('latin1')
        .replaceAll(/[^a-z.]/g, '_')
        .slice(0, 40);
      const path = join(folder, `x${name}`);
      writeFileSync(path, input.subarray(end + 1));
      const file = await documentFile(path);
      const chosen = chooseField(await file.fields());
      const rows = await file.rows();
      const outcomes = new Set<string>([
        file.format,
        chosen.ok ? 'field' : chosen.refusal,
        rows > 0 ? 'rows' : 'none',
      ]);
      for await (const one of file.documents(chosen.ok ? chosen.field : 'text'))
        outcomes.add('code' in one ? one.code : 'document');
      return [...outcomes].join(' ');
    },
  };
};

/** With names that do not fit into a header, in both formats that have a way for them. */
function tarSamples(): [string, Buffer][] {
  const texts = { 'a/1.txt': 'a', 'a/1.json': '{"source": "x"}', [`${'b'.repeat(120)}.txt`]: 'é' };
  const [gnu, pax] = [tarOf(texts, 'GNU'), tarOf(texts, 'PAX')];
  return [
    ['a.tar', gnu],
    ['b.tar', pax],
    ['a.tar.gz', gzipSync(pax)],
  ];
}

const parquetSamples = async (): Promise<[string, Buffer][]> =>
  (await samples)
    .filter(({ path }) => path.endsWith('.parquet'))
    .slice(0, 3)
    .map(({ bytes }) => ['a.parquet', bytes.subarray(0, 60 * 1024)]);
