import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { removeBlob } from '@tributary/blobs';
import { Fault } from '@tributary/kernel';

/** In the data directory, from when everything is ready to be exchanged until it is. */
const PLAN = 'unfinished-scrub.json';
const UNWRITTEN = `${PLAN}.new`;

/** In the folder of what it replaces, so that it is on the same disk. */
const STAGED = 'scrubbed';

const PARTS = ['dead-letters', 'log'] as const;

/** What is left to do once the new log and the new dead letters are complete. */
export type ScrubPlan = {
  /** SHA-256 of the content to remove. */
  readonly removed: readonly string[];
  readonly reason: string;
};

/** The folder in which the new log or the new dead letters are made. */
export const stagedFolder = (directory: string, part: (typeof PARTS)[number]): string =>
  join(directory, part, STAGED);

/** Deletes what a scrub left that did not get as far as its plan. */
export function discardStaged(directory: string): void {
  for (const part of PARTS) rmSync(stagedFolder(directory, part), { recursive: true, force: true });
  rmSync(join(directory, UNWRITTEN), { recursive: true, force: true });
}

/** From here on a scrub is completed, whatever happens. */
export function writePlan(directory: string, plan: ScrubPlan): void {
  const written = join(directory, UNWRITTEN);
  const file = openSync(written, 'w', 0o600);
  writeFileSync(file, JSON.stringify(plan));
  fsyncSync(file);
  closeSync(file);
  renameSync(written, join(directory, PLAN));
  flush(directory);
}

/** What is left where the disk has lost the text of a plan: the next scrub finds again what this one was to remove. */
const NO_REMOVAL: ScrubPlan = { removed: [], reason: '' };

/** The plan of a scrub that was interrupted; undefined where there is none. */
export function planOf(directory: string): ScrubPlan | undefined {
  const path = join(directory, PLAN);
  if (!existsSync(path)) return undefined;
  try {
    const plan: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isPlan(plan) ? plan : NO_REMOVAL;
  } catch (error) {
    if (error instanceof SyntaxError) return NO_REMOVAL;
    throw error;
  }
}

const isPlan = (plan: unknown): plan is ScrubPlan =>
  typeof plan === 'object' &&
  plan !== null &&
  'removed' in plan &&
  Array.isArray(plan.removed) &&
  'reason' in plan &&
  typeof plan.reason === 'string';

/** Throws Fault `scrub_unfinished` where parts of a directory are from before a scrub and others from after it. */
export function requireScrubbed(directory: string): void {
  if (!existsSync(join(directory, PLAN))) return;
  throw new Fault(
    'scrub_unfinished',
    `a scrub of ${directory} was interrupted while it exchanged files: run \`tributary scrub\` with --data '${directory}' again, which completes it`,
  );
}

/** Does what a plan says; each step may be repeated. `step` is called before each. */
export function completePlan(
  directory: string,
  { removed, reason }: ScrubPlan,
  step: (text: string) => void,
): void {
  step('deleting the tables, which are filled again from the log');
  emptyFolder(join(directory, 'tables'));
  for (const part of PARTS) {
    step(`exchanging ${part}`);
    exchange(directory, part);
  }
  step('deleting unfinished uploads');
  emptyFolder(join(directory, 'blobs', 'unfinished'));
  for (const sha256 of removed) {
    step(`removing ${sha256}`);
    removeBlob(join(directory, 'blobs'), sha256, reason);
  }
  step('done');
  rmSync(join(directory, PLAN), { force: true });
  flush(directory);
}

function exchange(directory: string, part: (typeof PARTS)[number]): void {
  const staged = stagedFolder(directory, part);
  const made = join(staged, 'data.mdb');
  if (existsSync(made)) {
    renameSync(made, join(directory, part, 'data.mdb'));
    flush(join(directory, part));
  }
  rmSync(staged, { recursive: true, force: true });
}

/** The folder may be a link to another disk, so it stays. */
function emptyFolder(path: string): void {
  for (const name of existsSync(path) ? readdirSync(path) : [])
    rmSync(join(path, name), { recursive: true, force: true });
}

function flush(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
