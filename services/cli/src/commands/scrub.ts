import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Option } from 'commander';
import type { Scrubbed } from '@tributary/embedded';
import { progressOn } from '../context.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { WHO_ACTS } from '../server/credential.ts';
import { serverOf } from '../server/server-of.ts';
import { count, printable } from '../text/format.ts';

type ScrubOptions = CommonOptions & {
  readonly dryRun?: true;
  readonly secretFile?: string;
  readonly reason?: string;
  readonly actor?: string;
};

/** What the command prints: what was found, and whether it was removed. */
export type ScrubAnswer = Scrubbed & { readonly dryRun: boolean };

/** Exits with 1 where a dry run finds something. */
export function addScrub(add: AddCommand, context: CliContext, setCode: (code: number) => void): void {
  add('scrub', 'find secrets in log, blobs and dead letters of a directory and remove them')
    .addOption(
      new Option('--dry-run', 'say what there is and change nothing; exits with 1 where there is any'),
    )
    .addOption(
      new Option(
        '--secret-file <file>',
        'look for the lines of this file and nothing else (- reads standard input); without it, for what the scan knows',
      ),
    )
    .addOption(new Option('--reason <text>', 'why; it is recorded').default('secrets were found'))
    .addOption(new Option('--actor <name>', WHO_ACTS))
    .action(async (options: ScrubOptions) => {
      await requireOffline(options);
      const secrets = options.secretFile === undefined ? undefined : secretsOf(fileOf(options.secretFile));
      const { scrubDirectory } = await import('@tributary/embedded');
      const { step } = progressOn(context, options);
      const dryRun = options.dryRun === true;
      const scrubbed = await named(
        scrubDirectory({
          directory: options.data,
          secrets,
          actor: options.actor ?? userInfo().username,
          reason: options.reason ?? '',
          dryRun,
          step,
        }),
      );
      const answer = { dryRun, ...scrubbed };
      context.print(`${options.json ? JSON.stringify(answer) : scrubText(options.data, answer)}\n`);
      if (dryRun && hasAny(answer)) setCode(EXIT.failed);
    });
}

/** Shorter ones would be found everywhere. */
const LEAST = 6;

/** Ids and digests have any digits in them, so fewer would be found there by chance. */
const LEAST_DIGITS = 12;
const DIGITS = /^[0-9a-f-]+$/i;

/** One secret a line. The file has no name in the answer, and its lines have none anywhere. */
export function secretsOf(file: Buffer): string[] {
  const lines = textOf(file)
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '');
  const short = lines.findIndex((line) => line.length < LEAST);
  if (short >= 0)
    throw new Exit(
      EXIT.usage,
      `secret ${short + 1} of --secret-file has fewer than ${LEAST} characters, which would be found where they are none; remove what is around it too`,
    );
  const digits = lines.findIndex((line) => line.length < LEAST_DIGITS && DIGITS.test(line));
  if (digits >= 0)
    throw new Exit(
      EXIT.usage,
      `secret ${digits + 1} of --secret-file is made of hexadecimal digits alone and has fewer than ${LEAST_DIGITS} characters, which would be found by chance in ids and digests and change them; name what is around it too, such as password=…`,
    );
  if (lines.length === 0) throw new Exit(EXIT.usage, '--secret-file has no line with a secret');
  return lines;
}

/** A text that is read in another encoding has other secrets in it, of which none would be found. */
function textOf(file: Buffer): string {
  const text = decoded(file);
  if (text === undefined || text.includes('\0'))
    throw new Exit(
      EXIT.usage,
      '--secret-file is neither UTF-8 nor UTF-16 with a mark at its beginning, so its lines would not be found: write it as UTF-8',
    );
  return text;
}

/** Decoders leave out the mark. */
function decoded(file: Buffer): string | undefined {
  const mark = file.subarray(0, 2).toString('hex');
  const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

function fileOf(path: string): Buffer {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw new Exit(EXIT.usage, `--secret-file cannot be read: ${reason}`);
  }
}

/** A server has the directory for itself. */
async function requireOffline({ url, data }: CommonOptions): Promise<void> {
  if (url !== undefined)
    throw new Exit(
      EXIT.usage,
      'scrub changes a directory, not a server: leave out --url and name it with --data. The log of services is a topic, which cannot be changed: docs/guides/scrub.md says what to do',
    );
  const running = await serverOf(data);
  if (running.kind === 'running')
    throw new Exit(
      EXIT.failed,
      `${data} is served at ${running.url} by process ${running.pid}: stop it and run scrub again, because the log is written anew`,
    );
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

const hasAny = ({ events, blobs, deadLetters }: ScrubAnswer): boolean =>
  events.length + blobs.length + deadLetters > 0;

const SHOWN = 20;

/** What was found by part, the kinds, and what to do next. */
export function scrubText(data: string, answer: ScrubAnswer): string {
  const { completed, dryRun, events, blobs, deadLetters, kinds, position } = answer;
  if (completed) return 'the scrub that was interrupted is complete; run it again to look for more';
  if (!hasAny(answer)) return 'no secrets found';
  const found = Object.entries(kinds).map(([kind, times]) => `${kind} ${count(times)}`);
  const listed = events.slice(0, SHOWN).join(', ') + (events.length > SHOWN ? ', …' : '');
  const lines = [
    `log           ${count(events.length)} events${events.length > 0 ? ` (positions ${listed})` : ''}`,
    `blobs         ${count(blobs.length)}`,
    `dead letters  ${count(deadLetters)}`,
    ...(found.length > 0 ? [`kinds         ${found.join(', ')}`] : []),
  ];
  const next = dryRun
    ? `nothing was changed; without --dry-run they are removed from ${printable(data)}`
    : `removed; the fact at ${position ?? '?'} says so, and the next start fills the tables again. Revoke these secrets all the same: backups, snapshots of the disk and whoever read them still have them`;
  return [...lines, '', next].join('\n');
}
