import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { START } from '@tributary/kernel';
import { smallDisk } from '@tributary/test-processes';
import type { SmallDisk } from '@tributary/test-processes';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { NewEvent, Receipt } from './event-log.ts';
import { openLmdbLog } from './lmdb-log.ts';
import type { LocalLog } from './lmdb-log.ts';
import { ALL, anEvent, uuid } from './log-under-test.fixture.ts';

type Step =
  | { readonly kind: 'append'; readonly events: number; readonly bytes: number; readonly source: number }
  | { readonly kind: 'fill'; readonly leave: number }
  | { readonly kind: 'makeRoom' | 'retry' | 'reopen' | 'cursor' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      events: fc.integer({ min: 1, max: 6 }),
      bytes: fc.integer({ min: 10, max: 40_000 }),
      source: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fill' as const),
      leave: fc.nat({ max: 40 }).map((n) => n * 200_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('makeRoom', 'retry', 'reopen', 'cursor').map((kind) => ({ kind })),
  },
);

/** A sender: it repeats what was not acknowledged, and remembers the receipts of what was. */
class Sender {
  readonly receipts = new Map<string, Receipt>();
  pending: NewEvent[][] = [];
  cursor = START;
  log: LocalLog;
  #sent = 0;

  constructor(log: LocalLog) {
    this.log = log;
  }

  next({ events, bytes, source }: Extract<Step, { kind: 'append' }>): NewEvent[] {
    return Array.from({ length: events }, () => {
      const id = uuid((this.#sent += 1));
      const text = JSON.stringify({ id, pad: 'x'.repeat(bytes) });
      return anEvent({ id, source: `source-${source}`, stream: `run/${this.#sent % 3}`, text });
    });
  }

  async append(batch: NewEvent[]): Promise<void> {
    const outcome = await refusable(this.log.append(batch, { atomic: true }));
    if (!outcome) this.pending.push(batch);
    else if (outcome.ok)
      for (const receipt of outcome.receipts) if ('hash' in receipt) this.receipts.set(receipt.id, receipt);
  }

  async retryAll(): Promise<void> {
    for (const batch of this.pending.splice(0)) await this.append(batch);
  }

  async moveCursor(): Promise<void> {
    const position = this.log.head();
    const moved = await refusable(this.log.cursors.set('tables', { position }).then(() => true));
    if (moved) this.cursor = position;
  }
}

/** Undefined where the disk was full. Any other failure is thrown. */
const refusable = <Outcome>(work: Promise<Outcome>): Promise<Outcome | undefined> =>
  work.catch((fault: unknown) => {
    if (fault instanceof Error && 'code' in fault && fault.code === 'disk_full') return undefined;
    throw fault;
  });

/** The log holds exactly what was acknowledged, each event once and under its receipt. */
async function expectAcknowledged({ log, receipts, cursor }: Sender): Promise<void> {
  const stored = await log.read(ALL);
  expect(stored.map(({ id, position, streamSequence }) => ({ id, position, streamSequence }))).toEqual(
    [...receipts.values()].map(({ id, position, streamSequence }) => ({ id, position, streamSequence })),
  );
  expect(log.cursors.get('tables')?.position ?? START).toBe(cursor);
  expect(log.fault()).toBeUndefined();
}

/** Runs one history of a sender, a log and a disk, and checks after each step what the log holds. */
async function runHistory(taken: readonly Step[], disk: SmallDisk, directory: string): Promise<void> {
  disk.makeRoom();
  const sender = new Sender(await openLmdbLog({ directory }));
  for (const step of taken) {
    if (step.kind === 'append') await sender.append(sender.next(step));
    else if (step.kind === 'fill') disk.fill(step.leave);
    else if (step.kind === 'makeRoom') disk.makeRoom();
    else if (step.kind === 'retry') await sender.retryAll();
    else if (step.kind === 'cursor') await sender.moveCursor();
    else {
      await sender.log.close();
      sender.log = await openLmdbLog({ directory });
    }
    await expectAcknowledged(sender);
  }
  disk.makeRoom();
  await sender.retryAll();
  expect(sender.pending).toEqual([]);
  await expectAcknowledged(sender);
  await sender.log.close();
  sender.log = await openLmdbLog({ directory });
  await expectAcknowledged(sender);
  expect(await sender.log.verify()).toMatchObject({ ok: true, events: sender.receipts.size });
  await sender.log.close();
  rmSync(directory, { recursive: true });
}

/** Declares the law over random histories of one log on a disk of its own; skipped where mounting is not allowed. */
export function survivesFullDisks(histories: number, timeoutSeconds: number): void {
  const disk = smallDisk(32);
  afterAll(() => disk?.remove());

  it.skipIf(!disk)(
    `law: in ${histories} histories of fills, room and restarts, what was acknowledged is there once, and a retry stores the rest once`,
    async () => {
      if (!disk) return;
      let history = 0;
      const law = fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 30 }), (taken) =>
        runHistory(taken, disk, join(disk.directory, `log-${(history += 1)}`)),
      );
      await fc.assert(law, { numRuns: histories, seed: 20_261_128 });
    },
    timeoutSeconds * 1000,
  );
}
