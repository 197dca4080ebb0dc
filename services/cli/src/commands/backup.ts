import { Option } from 'commander';
import type { Manifest } from '../backup/manifest.ts';
import { progressOn } from '../context.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { withServer } from '../server/reach.ts';
import { serverSettings } from '../server/server-settings.ts';
import { tablesFilled } from '../server/tables-filled.ts';
import { usualWitness } from '../server/usual-witness.ts';
import { VERSION } from '../version.ts';
import { commandWord } from '../text/command-word.ts';
import { count, printable } from '../text/format.ts';

type BackupOptions = CommonOptions & { readonly acceptMissing: boolean };

/** Neither command talks to a server: a backup is of a directory, and the server of it may go on. */
export function addBackup(add: AddCommand, context: CliContext): void {
  add('backup', 'copy log, blobs and dead letters of a data directory, also while its server runs')
    .argument('<directory>', 'where the backup is to be; it must not be there yet, or be empty')
    .addOption(
      new Option('--accept-missing', 'back up even where blobs are missing or damaged').default(false),
    )
    .action((directory: string, options: BackupOptions) => backup(context, directory, options));
  add('restore', 'make a data directory from a backup')
    .argument('<backup>', 'a directory that `tributary backup` made')
    .action((directory: string, options: CommonOptions) => restore(context, directory, options));
}

async function backup(context: CliContext, directory: string, options: BackupOptions): Promise<void> {
  refuseUrl(options);
  const { requireScrubbed } = await import('@tributary/embedded');
  const { backUp } = await import('../backup/back-up.ts');
  const { systemClock } = await import('@tributary/kernel');
  const { step, note } = progressOn(context, options);
  const { data, acceptMissing } = options;
  const work = { data, target: directory, version: VERSION, clock: systemClock, acceptMissing };
  const manifest = await named(
    (async () => {
      requireScrubbed(data);
      return backUp({ ...work, step, signal: interrupted(context) });
    })(),
  );
  note(`Copied ${data}; its tables are left out, since they are computed from the log.`);
  context.print(
    `${options.json ? JSON.stringify({ directory, ...manifest }) : backupText(directory, manifest)}\n`,
  );
}

async function restore(context: CliContext, directory: string, options: CommonOptions): Promise<void> {
  refuseUrl(options);
  const { restoreBackup } = await import('../backup/restore-backup.ts');
  const { systemClock } = await import('@tributary/kernel');
  const progress = progressOn(context, options);
  const { data } = options;
  const settings = await serverSettings(options);
  const witness = settings.witness ?? usualWitness(options);
  const work = { backup: directory, data, witness, version: VERSION, clock: systemClock };
  const signal = interrupted(context);
  const warn = (text: string): void => context.report(`warning: ${printable(text)}\n`);
  const manifest = await named(restoreBackup({ ...work, step: progress.step, warn, signal }));
  progress.note('Every digest is that of the backup. Now the tables are computed from the log.');
  await withServer(options, (url) => tablesFilled(url, progress, signal));
  context.print(
    `${options.json ? JSON.stringify({ directory: data, ...manifest }) : restoredText(data, manifest)}\n`,
  );
}

function refuseUrl({ url }: CommonOptions): void {
  if (url === undefined) return;
  throw new Exit(
    EXIT.usage,
    'this reads and writes directories, not servers: leave out --url and name the directory with --data',
  );
}

/** Aborted by the first signal; a second one ends the process at once. */
function interrupted(context: CliContext): AbortSignal {
  const controller = new AbortController();
  context.onSignal(() => {
    if (controller.signal.aborted) context.exitNow(EXIT.failed);
    controller.abort(
      new Exit(
        EXIT.failed,
        'interrupted: what was not complete by then is deleted, or made by the next start',
      ),
    );
  });
  return controller.signal;
}

/** A fault as the refusal that --json prints. */
async function named<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { Fault } = await import('@tributary/kernel');
    throw error instanceof Fault ? new Exit(EXIT.failed, error.message, error.code) : error;
  }
}

const size = (bytes: number): string => {
  const unit = Math.min(4, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** unit;
  return `${Number(value.toPrecision(3))} ${['B', 'kB', 'MB', 'GB', 'TB'][unit]}`;
};

function contentLines(manifest: Manifest): string[] {
  const { events, streams, blobs, missingBlobs, files, bytes, position, recordedUntil } = manifest;
  return [
    `log     ${count(events)} events in ${count(streams)} streams, up to position ${position}${recordedUntil === null ? '' : ` (${recordedUntil})`}`,
    `blobs   ${count(blobs)}${missingBlobs > 0 ? `, and ${count(missingBlobs)} that are MISSING` : ''}`,
    `files   ${count(files)} with ${size(bytes)}, each with its SHA-256`,
  ];
}

export const backupText = (directory: string, manifest: Manifest): string =>
  [
    `backup in ${printable(directory)}`,
    ...contentLines(manifest),
    '',
    `check it with: cd ${commandWord(printable(directory))} && sha256sum --quiet -c SHA256SUMS`,
    `restore it with: tributary restore ${commandWord(printable(directory))} --data NEW`,
  ].join('\n');

export const restoredText = (directory: string, manifest: Manifest): string =>
  [
    `restored ${printable(directory)}, backed up ${manifest.createdAt}`,
    ...contentLines(manifest),
    '',
    `check it with: tributary verify --data ${commandWord(printable(directory))}`,
    `serve it with: tributary serve --data ${commandWord(printable(directory))}`,
  ].join('\n');
