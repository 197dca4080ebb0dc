import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { blobNames, openBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import { Fault, START, systemClock } from '@tributary/kernel';
import { requireFolders } from '../folders.ts';
import { recordScrub, rewriteLog } from './rewrite-log.ts';
import { builtInSearch, hasSecret, listedSearch } from './scrub-blobs.ts';
import type { BytesSearch } from './scrub-blobs.ts';
import { findDeadLetters, scrubDeadLetters } from './scrub-dead-letters.ts';
import { blobOf, scrubEvent } from './scrub-events.ts';
import type { Renames } from './scrub-events.ts';
import {
  completePlan,
  discardStaged,
  planOf,
  requireScrubbed,
  stagedFolder,
  writePlan,
} from './scrub-plan.ts';
import { redactText } from './redact-text.ts';
import { builtInRedactor, listedRedactor } from './redactor.ts';
import type { Redactor } from './redactor.ts';

export type ScrubOptions = {
  readonly directory: string;
  /** Secrets to remove; those that the scan knows where absent. */
  readonly secrets?: readonly string[] | undefined;
  readonly actor: string;
  readonly reason: string;
  /** Finds and changes nothing. */
  readonly dryRun: boolean;
  /** Gets the progress in words. */
  readonly step: (text: string) => void;
};

/** What was found, and removed unless it was a dry run. */
export type Scrubbed = {
  /** Whether an interrupted scrub was completed, and nothing else done. */
  readonly completed: boolean;
  /** Positions of events with secrets in them or in their data. */
  readonly events: readonly string[];
  /** SHA-256 of the content with secrets in it: raw files, and data of long events. */
  readonly blobs: readonly string[];
  readonly deadLetters: number;
  /** How often each kind was found in events and dead letters. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Position of the first fact that says so; absent where nothing was changed. */
  readonly position?: string;
};

const NOTHING = { events: [], blobs: [], deadLetters: 0, kinds: {} };

/**
 * Finds secrets in the log, the blobs and the dead letters of a directory that no process has open, and removes them: the
 * log is written anew with the same ids, positions and times, raw files are deleted, and facts say what was changed. The
 * tables are deleted, since they are filled again from the log. Throws Faults `no_log`, `is_backup`, `log_locked`,
 * `blobs_missing`, `dead_letters_missing`, `scrub_failed`, and for a dry run `scrub_unfinished`.
 */
export async function scrubDirectory(options: ScrubOptions): Promise<Scrubbed> {
  const directory = resolve(options.directory);
  requireLog(directory);
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  try {
    requireFolders(directory, log);
    if (options.dryRun) requireScrubbed(directory);
    else {
      const plan = planOf(directory);
      if (plan) {
        completePlan(directory, plan, options.step);
        return { completed: true, ...NOTHING };
      }
      discardStaged(directory);
    }
    return await scrub({ ...options, directory }, log);
  } finally {
    await log.close();
  }
}

/** Not that of a backup: what a restore compares would be gone. */
function requireLog(directory: string): void {
  if (!existsSync(join(directory, 'log', 'data.mdb')))
    throw new Fault(
      'no_log',
      `${directory} has no log: name the data directory of one process with --data. The log of services is a topic, which cannot be changed: docs/guides/scrub.md says what to do`,
    );
  if (existsSync(join(directory, 'backup.json')))
    throw new Fault(
      'is_backup',
      `${directory} is a backup, which could not be restored after a scrub: restore it into a new directory, scrub that one, make a new backup of it and delete this one`,
    );
}

async function scrub(options: ScrubOptions, log: LocalLog): Promise<Scrubbed> {
  const { directory, secrets, dryRun } = options;
  const redactor = (): Redactor => (secrets ? listedRedactor(secrets) : builtInRedactor());
  const blobs = openBlobs(join(directory, 'blobs'));
  const finding = redactor();
  const { positions, referenced, replaced } = await eventsWith(log, blobs, { redactor: finding, ...options });
  const search = (): BytesSearch => (secrets ? listedSearch(secrets) : builtInSearch());
  const raw = await rawWith(blobs, { referenced, search, ...options });
  const deadLetters = await findDeadLetters(join(directory, 'dead-letters'), finding);
  const found = { events: positions, blobs: [...replaced, ...raw], deadLetters, kinds: finding.kinds() };
  if (dryRun || positions.length + found.blobs.length + deadLetters === 0)
    return { completed: false, ...found };
  const written = (text: string): string => redactText(text, redactor())?.text ?? text;
  const reason = written(options.reason);
  const fact = { scrubId: randomUUID(), actor: written(options.actor), reason };
  const plan = { removed: found.blobs, reason: `scrubbed: ${reason}` };
  const position = await staged(directory, async () => {
    const to = stagedFolder(directory, 'log');
    const changed = await rewriteLog({ log, to, blobs, redactor: redactor(), step: options.step });
    const [from, deadLetters] = [join(directory, 'dead-letters'), stagedFolder(directory, 'dead-letters')];
    await scrubDeadLetters(from, deadLetters, redactor());
    const recorded = await recordScrub(to, { ...found, ...fact, events: changed });
    writePlan(directory, plan);
    return recorded;
  });
  completePlan(directory, plan, options.step);
  return { completed: false, ...found, position };
}

/** What `stage` returns. What it has made is deleted where it fails before its plan is there. */
async function staged<Made>(directory: string, stage: () => Promise<Made>): Promise<Made> {
  try {
    return await stage();
  } catch (error) {
    if (!planOf(directory)) discardStaged(directory);
    throw error;
  }
}

type Searching = Pick<ScrubOptions, 'directory' | 'step'>;

/** Reads every event. `referenced` has the blobs with data of events, `replaced` those of them with secrets. */
async function eventsWith(
  log: LocalLog,
  blobs: Blobs,
  { redactor, step }: Searching & { readonly redactor: Redactor },
): Promise<{ positions: string[]; referenced: Set<string>; replaced: Set<string> }> {
  const renames: Renames = new Map();
  const found = { positions: [] as string[], referenced: new Set<string>(), replaced: new Set<string>() };
  for (let after = START; ;) {
    const events = await log.read({ after, ...READ });
    const last = events.at(-1);
    if (!last) return found;
    for (const event of events) {
      const blob = blobOf(event);
      if (blob !== undefined) found.referenced.add(blob);
      const scrubbed = await scrubEvent(event, { blobs, redactor, renames });
      if (!scrubbed) continue;
      found.positions.push(event.position);
      if (scrubbed.replaced !== undefined) found.replaced.add(scrubbed.replaced);
    }
    after = last.position;
    step(`searching the log: up to position ${after} of ${log.head()}`);
  }
}

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** Blobs with a secret that are no data of events. */
async function rawWith(
  blobs: Blobs,
  {
    directory,
    referenced,
    search,
    step,
  }: Searching & { readonly referenced: ReadonlySet<string>; readonly search: () => BytesSearch },
): Promise<string[]> {
  const found: string[] = [];
  let searched = 0;
  for (const name of blobNames(join(directory, 'blobs'))) {
    if (referenced.has(name)) continue;
    searched += 1;
    step(`searching blobs: ${searched}`);
    if (await hasSecret(blobs, name, search)) found.push(name);
  }
  return found;
}
