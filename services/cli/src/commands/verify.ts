import type { VerifiedDirectory } from '@tributary/embedded';
import { progressOn } from '../context.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { serverOf } from '../server/server-of.ts';
import { count, printable } from '../text/format.ts';

/** The size of libuv's thread pool: each call of the engine occupies a thread. */
const THREADS = 16;

/** Exits with 1 where something differs from what was written. */
export function addVerify(add: AddCommand, context: CliContext, setCode: (code: number) => void): void {
  add('verify', 'read log, blobs and tables of a directory and name the first divergence').action(
    async (options: CommonOptions) => {
      await requireOffline(options);
      const { verifyDirectory } = await import('@tributary/embedded');
      const { step, note } = progressOn(context, options);
      const verified = await verifyDirectory(options.data, THREADS, step);
      note(`Read ${options.data}; nothing was changed.`);
      context.print(`${options.json ? JSON.stringify(verified) : verifiedText(verified)}\n`);
      if (!verified.ok) setCode(EXIT.failed);
    },
  );
}

/** A server has the directory for itself, and goes on writing. */
async function requireOffline({ url, data }: CommonOptions): Promise<void> {
  if (url !== undefined)
    throw new Exit(
      EXIT.usage,
      'verify reads a directory, not a server: leave out --url and name it with --data. A topic with its blobs and the tables of ClickHouse servers are read by `node dist/projector.js verify`',
    );
  const running = await serverOf(data);
  if (running.kind === 'running')
    throw new Exit(
      EXIT.failed,
      `${data} is served at ${running.url} by process ${running.pid}: stop it and run verify again; while it runs, it compares its tables each hour, and \`tributary rebuild --verify\` does so now`,
    );
}

/** One line for each part, and the first divergence. */
export function verifiedText({ log, blobs, tables, divergence }: VerifiedDirectory): string {
  const lines = [
    log.divergence === null
      ? `log     ${count(log.events)} events in ${count(log.streams)} streams have their recorded hashes`
      : 'log     DIVERGES',
    blobs === null ? 'blobs   not read' : `blobs   ${blobsText(blobs)}`,
    tables === null ? 'tables  not read' : `tables  ${tablesText(tables)}`,
  ];
  return [...lines, '', printable(divergence ?? 'everything is as it was written')].join('\n');
}

const blobsText = ({ blobs, missing, damaged, notKept }: NonNullable<VerifiedDirectory['blobs']>): string =>
  missing + damaged === 0
    ? `${count(blobs)} blobs have their digests, none is missing${notKept === 0 ? '' : `; ${count(notKept)} files that facts name are not kept`}`
    : `DIVERGE: ${count(damaged)} of ${count(blobs)} damaged, ${count(missing)} missing`;

const tablesText = ({ rows, position, divergence }: NonNullable<VerifiedDirectory['tables']>): string =>
  divergence === null
    ? `${count(rows)} rows are those that were inserted, up to position ${position ?? '?'}`
    : 'DIVERGE';
