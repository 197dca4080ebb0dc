import { randomFrom, recordFigures } from '@tributary/fixtures';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  fact,
  ndjson,
  removeDirectory,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { Accepted, SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

const CLIENTS = 4;
const STEPS = 8;
/** Tokens of each step and of its exposure. */
const TOKENS = 16;
/** A kill comes at a random time within this many milliseconds after the clients start. */
const LONGEST_MS = 800;

type Batch = readonly SentEvent[];
type Receipts = Map<string, { position: string; hash: string; streamSequence: number }>;

/** A producer: it creates ids before the first attempt and keeps a batch until it is acknowledged. */
type Client = { readonly run: string; sent: number; pending: Batch | undefined; retries: number };

/**
 * Declares the test: clients send through a number of SIGKILLs at random times, and repeat batches with an unknown outcome.
 * Afterwards every acknowledged event is at the position of its receipt, once, and the tables agree.
 */
export function losesNothing(kills: number): void {
  it(`loses no acknowledged event and counts none twice in ${kills} kills`, async () => {
    const directory = temporaryDirectory();
    const random = randomFrom(20_261_124);
    const clients = Array.from({ length: CLIENTS }, (_value, index) => aClient(`run-${index}`));
    const acknowledged: Receipts = new Map();
    let longest = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const begun = performance.now();
      await untilKilled(await startServer(directory), clients, acknowledged, random() * LONGEST_MS);
      longest = Math.max(longest, performance.now() - begun);
    }
    const server = await startServer(directory);
    await Promise.all(clients.map((client) => settle(server, client, acknowledged)));
    await expectReceipts(server, acknowledged);
    await expectRows(server, clients);
    const retries = clients.reduce((sum, client) => sum + client.retries, 0);
    recordFigures('kills of one process', {
      kills,
      'events acknowledged': acknowledged.size,
      'batches repeated': retries,
      'longest round ms': Math.round(longest),
    });
    expect(await server.end('SIGTERM')).toBe(0);
    removeDirectory(directory);
  });
}

const aClient = (run: string): Client => ({ run, sent: 0, pending: undefined, retries: 0 });

async function untilKilled(
  server: ServerUnderTest,
  clients: readonly Client[],
  acknowledged: Receipts,
  after: number,
): Promise<void> {
  const producing = clients.map((client) =>
    untilGone(() => settle(server, client, acknowledged, nextBatch(client))),
  );
  /* A reader of the newest position makes the tables insert at once, so that kills interrupt inserts too. */
  const reading = untilGone(() => server.caughtUp());
  await delay(after);
  expect(await server.end('SIGKILL')).toBe('SIGKILL');
  await Promise.all([...producing, reading]);
}

/** Fetch throws a TypeError where no server answers. */
async function untilGone(act: () => Promise<unknown>): Promise<void> {
  try {
    for (;;) await act();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Sends the pending batch or the next one, and drops it when it is acknowledged. Throws where no server answers. */
async function settle(
  server: ServerUnderTest,
  client: Client,
  acknowledged: Receipts,
  next?: Batch,
): Promise<void> {
  if (client.pending) client.retries += 1;
  const batch = client.pending ?? next;
  if (!batch) return;
  client.pending = batch;
  const { status, text } = await server.send(ndjson(batch));
  if (status !== 200 && status !== 201) throw new Error(`the server answered ${status}: ${text}`);
  const { receipts }: Accepted = JSON.parse(text);
  expect(receipts).toHaveLength(batch.length);
  for (const { id, position, hash, streamSequence } of receipts)
    acknowledged.set(id, { position, hash, streamSequence });
  client.pending = undefined;
}

/** Steps and their exposure, under new ids. */
function nextBatch(client: Client): Batch | undefined {
  if (client.pending) return undefined;
  const { run: runId } = client;
  const size = 1 + (client.sent % 5);
  const batch = Array.from({ length: size }, (_value, index) => {
    const first = (client.sent + index) * STEPS;
    const steps = Array.from({ length: STEPS }, (_step, offset) => first + offset);
    const columns = { loss: steps.map((step) => (step % 128) / 16), tokens: steps.map(() => TOKENS) };
    return [
      fact('training.steps.recorded', { runId, attempt: 1, steps, columns }, randomUUID()),
      fact(
        'training.exposure.recorded',
        {
          runId,
          attempt: 1,
          firstStep: first,
          lastStep: first + STEPS - 1,
          unit: 'token',
          method: 'measured',
          amounts: [{ slice: 'code', amount: TOKENS * STEPS }],
        },
        randomUUID(),
      ),
    ];
  });
  client.sent += size;
  return batch.flat();
}

type Stored = { id: string; hash: string; streamSequence: number } | null;

/** As many questions as a request may have. */
const ASKED_AT_ONCE = 20;

/** Every acknowledged event is at its position with its hash, and no position is acknowledged twice. */
async function expectReceipts(server: ServerUnderTest, acknowledged: Receipts): Promise<void> {
  const known = [...acknowledged];
  expect(new Set(known.map(([, { position }]) => position)).size).toBe(known.length);
  const lost: string[] = [];
  for (let at = 0; at < known.length; at += ASKED_AT_ONCE) {
    const some = known.slice(at, at + ASKED_AT_ONCE);
    const fields = some.map(
      ([, { position }], index) => `e${index}: event(position: "${position}") { id hash streamSequence }`,
    );
    const events = await server.ask<Record<string, Stored>>(`{ ${fields.join(' ')} }`);
    for (const [index, [id, { hash, streamSequence }]] of some.entries()) {
      const event = events[`e${index}`];
      if (event?.id !== id || event.hash !== hash || event.streamSequence !== streamSequence) lost.push(id);
    }
  }
  expect(lost).toEqual([]);
}

/** The log contains what was sent and nothing else, and so do the tables, now and after a rebuild. */
async function expectRows(server: ServerUnderTest, clients: readonly Client[]): Promise<void> {
  const facts = clients.reduce((sum, { sent }) => sum + sent, 0);
  const end = await server.caughtUp();
  expect(end).toBe(String(2 * facts));
  for (const { run, sent } of clients) {
    const variables = { run, asOf: end };
    const { exposure, curve } = await server.ask<{
      exposure: { total: number; rows: object[] };
      curve: { points: { values: number }[] };
    }>(
      'query ($run: ID!, $asOf: Position) { exposure(run: $run, asOf: $asOf) { total rows { tokens } } curve(run: $run, asOf: $asOf) { points { values } } }',
      variables,
    );
    expect(exposure).toEqual({ total: sent * STEPS * TOKENS, rows: [{ tokens: sent * STEPS * TOKENS }] });
    expect(curve.points.reduce((sum, { values }) => sum + values, 0)).toBe(sent * STEPS);
  }
  const { rebuild } = await server.ask<{
    rebuild: { equal: boolean; tables: { table: string; rowsBefore: number; rowsAfter: number }[] };
  }>('mutation { rebuild { equal tables { table rowsBefore rowsAfter } } }');
  expect(rebuild.equal).toBe(true);
  expect(rebuild.tables).toContainEqual({
    table: 'training_step',
    rowsBefore: facts * STEPS,
    rowsAfter: facts * STEPS,
  });
  expect(rebuild.tables).toContainEqual({ table: 'training_exposure', rowsBefore: facts, rowsAfter: facts });
}
