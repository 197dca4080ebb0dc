import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobsNamedBy } from '@tributary/contracts';
import { importers, readFolder } from '@tributary/importers';
import type { Folder, ImportedEvent } from '@tributary/importers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

const SAMPLE = join(import.meta.dirname, '../../../../../examples/samples/megatron-data');

type Document = {
  readonly sample: number;
  readonly corpus: string;
  readonly document: number;
  readonly from: number;
  readonly to: number | null;
  readonly label: number | null;
  readonly sourcePath: string | null;
  readonly sourceRow: number | null;
};

type Batch = {
  readonly run: string;
  readonly trainedBy: string;
  readonly attempt: number;
  readonly counts: boolean;
  readonly skipped: boolean;
  readonly encoding: string | null;
  readonly level: string | null;
  readonly items: number | null;
  readonly tokens: number | null;
  readonly corpora: readonly { readonly path: string; readonly samples: number; readonly tokens: number }[];
  readonly ranges: readonly object[];
  readonly exposure: { readonly agrees: boolean } | null;
  readonly nodes: readonly Document[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly complete: boolean;
  readonly reason: string | null;
  readonly evidence: readonly string[];
};

const FIELDS = `run step trainedBy attempt counts skipped encoding level method of items tokens
  corpora { path slice shard samples tokens } ranges { shard from count }
  exposure { firstStep lastStep recordedTokens orderedTokens agrees }
  nodes { sample corpus shard document from to label sourcePath sourceRow }
  totalCount pageInfo { hasNextPage endCursor } complete reason evidence evidenceTotal`;

let server: GraphqlServer;
let folder: Folder;
let events: readonly ImportedEvent[];
beforeAll(async () => {
  server = await startGraphqlServer();
  folder = await readFolder(SAMPLE);
  events = await imported(folder, 'mini');
}, 120_000);
afterAll(() => server.remove());

async function batch(asked: string): Promise<Batch> {
  const answer = await server.ask<{ batch: Batch }>(`{ batch(${asked}) { ${FIELDS} } }`);
  return answer.batch;
}

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
        ...{
          trainedBy: 'mini',
          attempt: 1,
          counts: true,
          encoding: 'megatron_index',
          level: 'reconstructed',
        },
        ...{
          of: 'sample',
          items: 8,
          tokens: 128,
          method: 'inferred',
          reason: expect.stringContaining('never recorded'),
        },
        exposure: { firstStep: step, lastStep: step, recordedTokens: 128, orderedTokens: 128, agrees: true },
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

const started = (runId: string, attempt: number, more: object = {}) =>
  fact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...more });

const ranges = (runId: string, attempt: number, steps: readonly number[], shardId = 'web') =>
  fact('training.order.recorded', {
    ...{ runId, attempt, firstStep: steps[0], lastStep: steps.at(-1), method: 'measured' },
    order: {
      ranges: { of: 'sequence', steps: steps.map((step) => [{ shardId, from: step * 10, count: attempt }]) },
    },
  });

const skipped = (runId: string, attempt: number, steps: readonly number[]) =>
  fact('training.steps.skipped', { runId, attempt, steps, reason: 'nan' });

describe('the step that counts', () => {
  beforeAll(async () => {
    await server.record(
      started('restarted', 1),
      ranges('restarted', 1, [1, 2, 3, 4, 5]),
      started('restarted', 2, { resumedFrom: { attempt: 1, step: 3 } }),
      ranges('restarted', 2, [4, 5, 6]),
      skipped('restarted', 2, [5]),
      started('forked', 1, { forkedFrom: { runId: 'restarted', step: 4 } }),
      ranges('forked', 1, [5, 6]),
      started('silent', 1),
      ranges('unstarted', 3, [7]),
      fact('training.steps.recorded', { runId: 'silent', attempt: 1, steps: [1], columns: { loss: [1] } }),
    );
    await server.caughtUp();
  });

  it.each([
    ['run: "restarted", step: 3', { trainedBy: 'restarted', attempt: 1, counts: true, skipped: false }],
    ['run: "restarted", step: 4', { trainedBy: 'restarted', attempt: 2, counts: true, skipped: false }],
    ['run: "restarted", step: 5', { trainedBy: 'restarted', attempt: 2, counts: true, skipped: true }],
    ['run: "restarted", step: 4, attempt: 1', { trainedBy: 'restarted', attempt: 1, counts: false }],
    ['run: "forked", step: 2', { trainedBy: 'restarted', attempt: 1, counts: true }],
    ['run: "forked", step: 4', { trainedBy: 'restarted', attempt: 2, counts: true }],
    ['run: "forked", step: 5', { trainedBy: 'forked', attempt: 1, counts: true }],
  ])('is that of every other answer: %s', async (asked, expected) => {
    const step = Number(/step: (\d)/.exec(asked)?.[1]);
    expect(await batch(asked)).toMatchObject({
      ...expected,
      ...{ encoding: 'ranges', level: 'recorded', of: 'sequence', items: expected.attempt, tokens: null },
      ranges: [{ shard: 'web', from: step * 10, count: expected.attempt }],
      ...{ nodes: [], totalCount: 0, complete: true, reason: null },
    });
  });

  it('is that of the newest attempt with an order where nothing else is recorded of the run', async () => {
    expect(await batch('run: "unstarted", step: 7')).toMatchObject({
      ...{ trainedBy: 'unstarted', attempt: 3, counts: true, items: 3, complete: false },
      reason: 'the start of run unstarted was never recorded',
    });
  });

  it('has no batch where no order is recorded of it, and says so', async () => {
    expect(await batch('run: "silent", step: 1')).toMatchObject({
      ...{ encoding: null, level: null, items: null, nodes: [], complete: false },
      reason: 'no order is recorded of step 1 of attempt 1 of run silent',
    });
  });

  it.each([
    ['run: "nobody", step: 1', 'unknown_run'],
    ['run: "silent", step: 2', 'unknown_step'],
    ['run: "silent", step: -1', 'unknown_step'],
    ['run: "restarted", step: 6, attempt: 1', 'unknown_step'],
    ['run: "restarted", step: 6, first: 0', 'page_out_of_range'],
  ])('is refused where nothing mentions it: %s', async (asked, code) => {
    const { body } = await server.reply(`{ batch(${asked}) { step } }`);
    expect(body.errors).toMatchObject([{ extensions: { code } }]);
  });
});

describe('orders of one step', () => {
  it('that say the same are one, and that contradict each other give no documents', async () => {
    const wrong = ranges('twice', 1, [2, 3], 'other');
    await server.record(
      started('twice', 1),
      ranges('twice', 1, [1, 2]),
      ranges('twice', 1, [1, 2, 3]),
      wrong,
    );
    const before = await server.caughtUp();
    expect(await batch('run: "twice", step: 1')).toMatchObject({
      complete: true,
      ranges: [{ shard: 'web' }],
    });
    const answer = await batch('run: "twice", step: 2');
    expect(answer).toMatchObject({ complete: false, encoding: null, ranges: [], items: null });
    expect(answer.reason).toMatch(/^the orders recorded at \d+, \d+, \d+ contradict each other about step 2/);
    expect(answer.evidence).toHaveLength(3);
    await server.record({
      ...ranges('twice', 1, [2, 3]),
      ...{ corrects: wrong.id, correctionreason: 'wrong shard', actor: 'kim' },
    });
    await server.caughtUp();
    expect(await batch('run: "twice", step: 2')).toMatchObject({
      complete: true,
      ranges: [{ shard: 'web' }],
    });
    expect(await batch(`run: "twice", step: 2, asOf: "${before}"`)).toEqual(answer);
  });

  it('say as much as the best of them: digests and samplers name no documents', async () => {
    const sha256 = 'a'.repeat(64);
    const order = (firstStep: number, encoding: object) =>
      fact('training.order.recorded', {
        ...{ runId: 'mixed', attempt: 1, firstStep, lastStep: firstStep, method: 'measured' },
        order: encoding,
      });
    const digest = { digest: { of: 'sequence', steps: [sha256] } };
    const sampler = { sampler: { name: 'shuffle', seed: 1, epoch: 0, startIndex: 0, count: 4 } };
    const ids = { ids: { of: 'sequence', sha256, perStep: [2] } };
    await server.record(started('mixed', 1), ...[1, 2, 3, 4].map((step) => order(step, digest)));
    await server.record(order(2, sampler), order(3, ids), order(4, sampler), ranges('mixed', 1, [4]));
    await server.caughtUp();
    const found = await Promise.all([1, 2, 3, 4].map((step) => batch(`run: "mixed", step: ${step}`)));
    expect(found.map(({ encoding, level, items, complete }) => [encoding, level, items, complete])).toEqual([
      ['digest', 'digest_only', null, false],
      ['sampler', 'replayable', 4, false],
      ['ids', 'recorded', 2, false],
      ['ranges', 'recorded', 1, true],
    ]);
    expect(found[0]?.reason).toBe('only a digest of what the step read is recorded');
  });

  it('of impossible sizes are answered without reading them', async () => {
    const sha256 = 'b'.repeat(64);
    const corpora = [{ path: '/c', document: sha256, sample: sha256, shuffle: sha256 }];
    const batches = [{ fromStep: 1, samples: 1_000_000_000 }];
    const range = { shardId: 'web', from: 0, count: Number.MAX_SAFE_INTEGER };
    const order = (step: number, encoding: object) =>
      fact('training.order.recorded', {
        ...{ runId: 'vast', attempt: 1, firstStep: step, lastStep: step, method: 'declared' },
        order: encoding,
      });
    await server.record(
      started('vast', 1),
      order(1, { megatronIndex: { sequenceLength: 1_000_000_000, firstSample: 0, batches, corpora } }),
      order(2, { ranges: { of: 'token', steps: [[range, range]] } }),
    );
    await server.caughtUp();
    expect(await batch('run: "vast", step: 1')).toMatchObject({
      ...{ items: 1_000_000_000, tokens: null, nodes: [], complete: false },
      reason: 'the steps read 1000000000 samples; at most 4000000 are resolved at once',
    });
    expect(await batch('run: "vast", step: 2')).toMatchObject({ items: null, tokens: null, complete: true });
  });

  it('are compared with recorded exposure', async () => {
    const [exposure] = events.filter(
      ({ type, data }) => type.endsWith('exposure.recorded') && 'firstStep' in data && data.firstStep === 4,
    );
    const changed = {
      ...Object(exposure?.data),
      amounts: [
        { slice: 'web', amount: 100 },
        { slice: 'books', amount: 28 },
      ],
    };
    await server.record({
      ...fact('training.exposure.recorded', changed),
      ...{
        source: exposure?.source,
        corrects: exposure?.id,
        correctionreason: 'counted again',
        actor: 'kim',
      },
    });
    await server.caughtUp();
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
      ...{ encoding: 'megatron_index', items: 8, tokens: 128, nodes: [], corpora: [], exposure: null },
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
