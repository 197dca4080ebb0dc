import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobsNamedBy } from '@tributary/contracts';
import { importers, readFolder } from '@tributary/importers';
import type { Folder, ImportedEvent } from '@tributary/importers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf } from './batch-question.fixture.ts';
import type { Batch, Document } from './batch-question.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

const SAMPLE = join(import.meta.dirname, '../../../../../examples/samples/megatron-data');

let server: GraphqlServer;
let folder: Folder;
let events: readonly ImportedEvent[];
beforeAll(async () => {
  server = await startGraphqlServer();
  folder = await readFolder(SAMPLE);
  events = await imported(folder, 'mini');
}, 120_000);
afterAll(() => server.remove());

const batch = (asked: string): Promise<Batch> => batchOf(server, asked);

/** Imports a folder as the command line does: facts, and the files that they name. */
async function imported(from: Folder, name: string): Promise<readonly ImportedEvent[]> {
  const importer = importers.find(({ kind }) => kind === 'megatron-data');
  if (!importer) throw new Error('no importer of Megatron data');
  const matches = await importer.detect(from);
  const files = matches.flatMap((match) => match.files);
  const { events: read, rejected, unresolved } = await importer.read({ name: from.name, files }, { name });
  expect([...rejected, ...unresolved]).toEqual([]);
  const named = new Set(read.flatMap(({ type, data }) => blobsNamedBy(type, data)));
  for (const file of files)
    if (named.has(await file.sha256())) await server.runtime.blobs.put(await file.read());
  await server.record(...read.map((event) => ({ ...event })));
  await server.caughtUp();
  return read;
}

describe('a batch of the Megatron sample', () => {
  it('has the tokens that Megatron gives for each sample', async () => {
    const expected: { sample: number; dataset: number; tokens: number[] }[] = JSON.parse(
      readFileSync(join(SAMPLE, 'expected.json'), 'utf8'),
    );
    const seen: number[] = [];
    for (const step of [1, 6, 10]) {
      const { nodes, ...answer } = await batch(`run: "mini", step: ${step}, first: 1000`);
      expect(answer).toMatchObject({
        trainedBy: 'mini',
        attempt: 1,
        counts: true,
        encoding: 'megatron_index',
        level: 'reconstructed',
        of: 'sample',
        items: 8,
        tokens: 128,
        method: 'inferred',
        reason: expect.stringContaining('never recorded'),
        exposure: {
          firstStep: step,
          lastStep: step,
          recordedTokens: 128,
          orderedTokens: 128,
          agrees: null,
        },
      });
      for (const { sample, dataset, tokens } of expected.slice((step - 1) * 8, step * 8)) {
        const own = nodes.filter((node) => node.sample === sample);
        const prefix = ['web', 'code'][dataset] ?? '';
        expect(new Set(own.map(({ corpus }) => corpus))).toEqual(
          new Set([`/data/mini/megatron/${prefix}_text_document`]),
        );
        expect(own.flatMap((part) => tokensOf(prefix, part))).toEqual(tokens);
        seen.push(sample);
      }
    }
    expect(seen).toHaveLength(3 * 8);
  });

  it('names the source row of each document where the order has one', async () => {
    const { nodes } = await batch('run: "mini", step: 3, first: 1000');
    for (const { corpus, document, sourcePath, sourceRow } of nodes)
      expect([sourcePath, sourceRow]).toEqual(
        corpus.includes('web')
          ? [`web/part-0000${Math.floor(document / 12)}.parquet`, (document * 7) % 12]
          : [null, null],
      );
    expect(new Set(nodes.map(({ sourcePath }) => sourcePath)).size).toBeGreaterThan(2);
  });

  it('is given in pages', async () => {
    const whole = await batch('run: "mini", step: 3, first: 1000');
    const found: Document[] = [];
    let after: string | null = '2';
    while (after !== null) {
      const page: Batch = await batch(`run: "mini", step: 3, first: 8, after: "${after}"`);
      found.push(...page.nodes);
      expect(page.totalCount).toBe(whole.nodes.length);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }
    expect(found).toEqual(whole.nodes.slice(2));
    const { body } = await server.reply('{ batch(run: "mini", step: 3, after: "x") { step } }');
    expect(body.errors).toMatchObject([{ extensions: { code: 'unknown_cursor' } }]);
  });
});

/** The items of a part of a document with its label, in the `.bin` of the sample. */
function tokensOf(prefix: string, { document, from, to, label }: Document): number[] {
  const idx = readFileSync(join(SAMPLE, `${prefix}_text_document.idx`));
  const bin = readFileSync(join(SAMPLE, `${prefix}_text_document.bin`));
  let start = 0;
  for (let before = 0; before < document; before += 1) start += idx.readInt32LE(34 + before * 4);
  const end = label === null ? (to ?? 0) : label + 1;
  return Array.from({ length: end - from }, (_none, at) => bin.readUInt16LE((start + from + at) * 2));
}

/** Corrects what is recorded as consumed in a step of the run. */
async function correctExposure(step: number, change: object): Promise<void> {
  const exposure = events.find(
    ({ type, data }) => type.endsWith('exposure.recorded') && 'firstStep' in data && data.firstStep === step,
  );
  await server.record({
    ...fact('training.exposure.recorded', { ...Object(exposure?.data), ...change }),
    source: exposure?.source,
    corrects: exposure?.id,
    correctionreason: 'counted again',
    actor: 'kim',
  });
  await server.caughtUp();
}

describe('a batch and the exposure of its step', () => {
  it('agree where the exposure was counted and not inferred from the same files', async () => {
    await correctExposure(5, { method: 'measured' });
    const agreed = { firstStep: 5, lastStep: 5, recordedTokens: 128, orderedTokens: 128, agrees: true };
    expect(await batch('run: "mini", step: 5')).toMatchObject({ exposure: agreed });
  });

  it('are compared', async () => {
    await correctExposure(4, {
      amounts: [
        { slice: 'web', amount: 100 },
        { slice: 'books', amount: 28 },
      ],
    });
    const answer = await batch('run: "mini", step: 4');
    expect(answer).toMatchObject({
      complete: false,
      exposure: { firstStep: 4, lastStep: 4, recordedTokens: 128, orderedTokens: 128, agrees: false },
    });
    expect(answer.reason).toContain(
      'steps 4 to 4 read 0 tokens of books by the order, and 28 are recorded as consumed',
    );
    expect(answer.nodes.length).toBeGreaterThan(8);
  });
});

describe('the files that an order names', () => {
  const pathOf = (sha256: string) => join(server.runtime.directory, 'blobs', sha256.slice(0, 2), sha256);

  it('may be absent: the answer says which is, and what it knows', async () => {
    const paths = events.flatMap(({ type, data }) => blobsNamedBy(type, data)).map(pathOf);
    for (const path of paths) renameSync(path, `${path}.away`);
    expect(await batch('run: "mini", step: 1')).toMatchObject({
      encoding: 'megatron_index',
      items: 8,
      tokens: 128,
      nodes: [],
      corpora: [],
      exposure: null,
      complete: false,
      reason: expect.stringMatching(/file [0-9a-f]{64} is not kept here/) as string,
    });
    for (const file of folder.files)
      if (file.name.endsWith('.npy')) await server.runtime.blobs.put(await file.read());
    const { nodes, reason } = await batch('run: "mini", step: 1, first: 1000');
    expect(reason).toMatch(/the lengths of the documents of \/data\/mini\/megatron\/web_text_document: file/);
    expect(reason).toMatch(/the source rows of/);
    expect(nodes.some(({ to }) => to === null)).toBe(true);
    expect(nodes.every(({ to, label }) => (to === null) === (label === null))).toBe(true);
    for (const path of paths) renameSync(`${path}.away`, path);
    expect((await batch('run: "mini", step: 1')).reason).toBe('the start of run mini was never recorded');
  });

  it('are not believed where a byte of them is damaged', async () => {
    const order = events.find(({ type }) => type === 'training.order.recorded');
    const names = order ? blobsNamedBy(order.type, order.data) : [];
    expect(names.length).toBeGreaterThan(8);
    expect((await batch('run: "mini", step: 2')).nodes.length).toBeGreaterThan(0);
    const [shuffle = ''] = names.slice(4);
    const path = pathOf(shuffle);
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bytes.length - 4) ^ 1, bytes.length - 4);
    writeFileSync(path, changed);
    const { body } = await server.reply('{ batch(run: "mini", step: 2) { nodes { document } } }');
    expect(body).toMatchObject({ data: { batch: null }, errors: [{ extensions: { code: 'blob_damaged' } }] });
    writeFileSync(path, bytes);
    expect((await batch('run: "mini", step: 2')).nodes.length).toBeGreaterThan(0);
  });
});
