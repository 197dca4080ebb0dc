import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseEventPosition } from '@tributary/kernel';
import { runUntilKilled } from '@tributary/test-processes';
import { openLmdbLog } from './lmdb-log.ts';

const CHILD = new URL('append-until-killed.crash.ts', import.meta.url);

type Run = { readonly acknowledged: Map<string, string>; readonly last: string };

/** Runs a process that appends and kills it `killAfter` ms after its first acknowledgement. */
async function appendUntilKilled(
  directory: string,
  first: number,
  options: { killAfter?: number; setup?: string },
): Promise<Run> {
  const { lines } = await runUntilKilled(CHILD, [directory, String(first)], options);
  const pairs = lines.map((line) => line.split(' '));
  const acknowledged = pairs
    .filter(([id]) => id !== 'failed')
    .map(([id = '', position = '']) => [id, position] as const);
  return { acknowledged: new Map(acknowledged), last: lines.at(-1) ?? '' };
}

/** Declares the test: after each of `kills` kills at random times, every acknowledged event is stored once. */
export function losesNothing(kills: number): void {
  it(`loses no acknowledged event and stores none twice in ${kills} kills`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'event-log-kill-'));
    const known = new Map<string, string>();
    for (let kill = 0; kill < kills; kill += 1) {
      const run = await appendUntilKilled(directory, kill * 1_000_000, { killAfter: Math.random() * 120 });
      expect(run.acknowledged.size).toBeGreaterThan(0);
      for (const [id, position] of run.acknowledged) known.set(id, position);
      await expectAll(directory, known);
    }
    rmSync(directory, { recursive: true });
  });
}

/**
 * Declares the test of a failed write, here by a limit on the size of the file. A page beyond the limit has no room, and
 * the log goes on; a page that the limit cuts short looks like a broken disk, and the log stops.
 */
export function keepsAtFailedWrite(): void {
  it('refuses events at a failed write, and keeps what it acknowledged', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'event-log-full-'));
    const run = await appendUntilKilled(directory, 0, { setup: "trap '' XFSZ; ulimit -f 4000" });
    expect(run.last).toMatch(/^failed (?:disk_full none|log_write_failed log_write_failed)$/);
    expect(run.acknowledged.size).toBeGreaterThan(0);
    await expectAll(directory, run.acknowledged);
    rmSync(directory, { recursive: true });
  });
}

async function expectAll(directory: string, known: ReadonlyMap<string, string>): Promise<void> {
  const log = await openLmdbLog({ directory });
  for (const [id, position] of known) expect((await log.find('client', id))?.position).toBe(position);
  expect(await log.verify()).toMatchObject({ ok: true, events: parseEventPosition(log.head()) });
  await log.close();
}
