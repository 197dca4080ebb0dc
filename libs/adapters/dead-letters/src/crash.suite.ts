import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUntilKilled } from '@tributary/test-processes';
import { expect, it } from 'vitest';
import { openDeadLetters } from './open-dead-letters.ts';

const CHILD = new URL('park-until-killed.crash.ts', import.meta.url);

/** Runs a process that parks and kills it `killAfter` ms after its first acknowledgement. Returns id → text of what it acknowledged. */
async function parkUntilKilled(
  directory: string,
  first: number,
  killAfter: number,
): Promise<Map<string, string>> {
  const { lines } = await runUntilKilled(CHILD, [directory, String(first)], { killAfter });
  return new Map(lines.map((line) => [line.slice(0, 32), line.slice(33)]));
}

/** Declares the test: after each of `kills` kills at random times, every acknowledged dead letter is complete. */
export function keepsWhatItAcknowledged(kills: number): void {
  it(`keeps every acknowledged dead letter in ${kills} kills`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'dead-letters-kill-'));
    const known = new Map<string, string>();
    for (let kill = 0; kill < kills; kill += 1) {
      const acknowledged = await parkUntilKilled(directory, kill * 1_000_000, Math.random() * 120);
      expect(acknowledged.size).toBeGreaterThan(0);
      for (const [id, text] of acknowledged) known.set(id, text);
      await expectAll(directory, known);
    }
    rmSync(directory, { recursive: true });
  });
}

async function expectAll(directory: string, known: ReadonlyMap<string, string>): Promise<void> {
  const deadLetters = await openDeadLetters(directory);
  for (const [id, text] of known) expect((await deadLetters.get(id))?.bytes?.toString()).toBe(text);
  const { parked, bytes } = deadLetters.counts();
  let found = 0;
  let size = 0;
  for (let after: string | undefined, more = true; more;) {
    const page = await deadLetters.list({}, { first: 1_000, after });
    found += page.deadLetters.length;
    for (const deadLetter of page.deadLetters) size += deadLetter.size;
    after = page.next;
    more = after !== undefined;
  }
  expect({ parked, bytes }).toEqual({ parked: found, bytes: size });
  await deadLetters.close();
}
