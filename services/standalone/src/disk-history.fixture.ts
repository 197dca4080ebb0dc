import type { Random } from '@tributary/fixtures';
import type { SmallDisk } from '@tributary/test-processes';
import { expect, vi } from 'vitest';
import { fact, ndjson } from './server-under-test.fixture.ts';
import type { Accepted, SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

export const MIB = 1024 ** 2;

const TOKENS = 16;

let sent = 0;
export function batch(events: number): SentEvent[] {
  return Array.from({ length: events }, () => {
    sent += 1;
    const amounts = [{ slice: 'code', amount: TOKENS }];
    /* All are of one step, so that the run lacks none where a batch is refused. */
    const range = { firstStep: 1, lastStep: 1, unit: 'token', method: 'measured' };
    return fact(
      'training.exposure.recorded',
      { runId: 'run', attempt: 1, ...range, amounts },
      `event-${sent}`,
    );
  });
}

/** Sends batches and remembers which were acknowledged. */
export class Sender {
  readonly acknowledged = new Map<string, string>();
  readonly refusals = new Set<string>();
  pending: SentEvent[][] = [];
  refused = 0;

  async send(server: ServerUnderTest, events: SentEvent[]): Promise<void> {
    const { status, text } = await server.send(ndjson(events));
    if (status === 507) {
      this.refused += 1;
      this.refusals.add(JSON.parse(text).code);
      this.pending.push(events);
      return;
    }
    if (status >= 300) throw new Error(`the server answered ${status}: ${text}`);
    const { receipts }: Accepted = JSON.parse(text);
    for (const { id, position } of receipts) this.acknowledged.set(id, position);
  }

  async retry(server: ServerUnderTest): Promise<void> {
    for (const events of this.pending.splice(0)) await this.send(server, events);
  }
}

/**
 * The engine can leave a damaged part where a merge or an insert met the full disk. A question that reads it is told so, and
 * the tables are filled again.
 */
const DAMAGED = 'a part of the tables cannot be read';

const unlessDamaged = (fault: unknown): undefined => {
  if (!String(fault).includes(DAMAGED)) throw fault;
};

type Consumed = { exposure: { total: number; lag: number; reason: string } };

/** Nothing but this keeps the answer from being complete: no fact of the history is the start of a run. */
const STUB = 'the start of run run was never recorded';

/** Everything acknowledged is in the log, and in the first answer that lacks no rows, once. */
export async function expectAll(server: ServerUnderTest, { acknowledged }: Sender): Promise<void> {
  expect(new Set(acknowledged.values()).size).toBe(acknowledged.size);
  const asOf = await server.logEnd();
  expect(asOf).toBe(String(acknowledged.size));
  const answered = await vi.waitUntil(
    async () => {
      const answer = await server
        .ask<Consumed>('query ($asOf: Position) { exposure(run: "run", asOf: $asOf) { total lag reason } }', {
          asOf,
        })
        .catch(unlessDamaged);
      return answer?.exposure.reason === STUB && answer;
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(answered.exposure).toEqual({ total: acknowledged.size * TOKENS, lag: 0, reason: STUB });
}

export type DiskHistory = {
  readonly sender: Sender;
  readonly disk: SmallDisk;
  readonly random: Random;
  readonly steps: number;
};

/**
 * Sends, fills the disk to the last byte, makes room and reads, in a random order. At the end there is room, and what was
 * refused has been sent again.
 */
export async function fillAndFree(
  server: ServerUnderTest,
  { sender, disk, random, steps }: DiskHistory,
): Promise<void> {
  const readers: Promise<string>[] = [];
  for (let step = 0; step < steps; step += 1) {
    const kind = random.below(10);
    if (kind < 5) await sender.send(server, batch(1 + random.below(200)));
    else if (kind < 7) disk.fill(random.below(2) * random.below(6 * MIB));
    else if (kind < 9) disk.makeRoom();
    else {
      /* A reader of the newest position makes the tables insert at once. It waits for room, or is told to come back. */
      readers.push(server.caughtUp().catch(String));
      await server.ask('{ status { log { position } } runs(first: 1) { complete } }').catch(unlessDamaged);
    }
  }
  disk.makeRoom();
  for (const end of await Promise.all(readers))
    expect(end).toMatch(new RegExp(`^\\d+$|the tables are at|${DAMAGED}`));
  await sender.retry(server);
  expect(sender.pending).toEqual([]);
}
