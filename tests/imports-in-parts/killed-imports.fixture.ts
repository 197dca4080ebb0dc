import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { openLmdbLog } from '@tributary/event-log';
import { START, systemClock } from '@tributary/kernel';
import fc from 'fast-check';
import { SAMPLES } from '../../libs/adapters/importers/src/samples.fixture.ts';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import { openStore } from './import-into-log.fixture.ts';
import type { Store } from './import-into-log.fixture.ts';
import { PARTS } from './parts.fixture.ts';

export const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** One command of all or some of the samples. */
type KilledImport = {
  readonly paths: readonly string[];
  /** Which process is killed when the log has this many events more, one after the other; then the command is repeated. */
  readonly kills: readonly { readonly victim: 'import' | 'server'; readonly after: number }[];
};

export const killedHistories: fc.Arbitrary<readonly KilledImport[]> = fc
  .record({
    order: fc.shuffledSubarray([...PARTS], { minLength: PARTS.length }),
    cut: fc.nat({ max: PARTS.length }),
    kills: fc.array(
      fc.record({
        victim: fc.constantFrom('import' as const, 'server' as const),
        after: fc.nat({ max: 120 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ order, cut, kills }) => [
    { paths: order.slice(0, cut), kills },
    { paths: [], kills },
  ]);

/** The log of a server whose imports, or who itself, was killed, after all were repeated. */
export async function playKilled(
  history: readonly KilledImport[],
): Promise<Store & { readonly died: number }> {
  const directory = temporaryDirectory();
  let server = await startServer(directory);
  let died = 0;
  for (const { paths, kills } of history) {
    const named = paths.length > 0 ? paths.map((path) => join(SAMPLES, path)) : [SAMPLES];
    for (const { victim, after } of kills) {
      const begun = importing(server.url, named);
      const isOver = { yet: false };
      const ended = once(begun, 'exit').then(() => (isOver.yet = true));
      const end = Number(await server.logEnd()) + after;
      while (!isOver.yet && Number(await server.logEnd()) < end);
      died += isOver.yet ? 0 : 1;
      if (victim === 'import') begun.kill('SIGKILL');
      else {
        await server.end('SIGKILL');
        begun.kill('SIGKILL');
        server = await startServer(directory);
      }
      await ended;
    }
    const last = importing(server.url, named);
    const [code] = await once(last, 'exit');
    if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
  }
  await server.end('SIGTERM');
  const copy = await copyOf(directory);
  return { ...copy, died };
}

/** The events of a log in a new one: the old one knows how far the tables of its server were. */
async function copyOf(directory: string): Promise<Store> {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  const events = await log.read({ after: START, limit: 100_000, maxBytes: 1 << 30 });
  await log.close();
  const copy = await openStore();
  await copy.log.append(events, { atomic: true });
  return {
    log: copy.log,
    blobs: openBlobs(join(directory, 'blobs')),
    close: async () => {
      await copy.close();
      removeDirectory(directory);
    },
  };
}

const importing = (url: string, paths: readonly string[]) =>
  spawn(
    process.execPath,
    [CLI, 'import', ...paths, '--url', url, '--assignment', 'unknown', '--allow-rejects', '--quiet'],
    { stdio: 'ignore' },
  );
