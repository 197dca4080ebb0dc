import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openDeadLetters } from './open-dead-letters.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const CHILD = fileURLToPath(new URL('park-until-killed.crash.ts', import.meta.url));

/** Runs a process that parks and kills it `killAfter` ms after its first acknowledgement. Returns id → text of what it acknowledged. */
function parkUntilKilled(directory: string, first: number, killAfter: number): Promise<Map<string, string>> {
  const args = ['--conditions=source', '--import', TSX, CHILD, directory, String(first)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), killAfter);
      output += text;
    });
    child.on('error', reject).on('close', () => {
      const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
      resolve(new Map(lines.map((line) => [line.slice(0, 32), line.slice(33)])));
    });
  });
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
