import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault, positionFromText } from '@tributary/kernel';
import { z } from 'zod';

/** More than any witness: what is longer is another file. */
const MOST_BYTES = 64 * 1024;

const witness = z.strictObject({
  format: z.literal(1),
  logId: z.string().min(1),
  /** Of the newest event; there is no position 0. */
  position: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .transform(positionFromText),
  /** What tells this event from another one at its position, also after a scrub, which may rename it. RFC 3339. */
  recordTime: z.iso.datetime(),
  /** When it was written, RFC 3339. */
  seen: z.iso.datetime(),
});

/** The newest event of a log, as a file outside its directory remembers it. */
export type Witnessed = Omit<z.infer<typeof witness>, 'format'>;

export const witnessText = (witnessed: Witnessed): string =>
  `${JSON.stringify({ format: 1, ...witnessed }, undefined, 2)}\n`;

/** Throws Fault `witness_unreadable`. */
export function parseWitness(text: string): Witnessed {
  const parsed = witness.safeParse(jsonOf(text));
  if (!parsed.success) throw unreadable('it is no witness, or a part of one');
  const { format: _format, ...witnessed } = parsed.data;
  return witnessed;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a path is that of a witness, and not of something else by that name. */
export async function isWitness(path: string): Promise<boolean> {
  try {
    return witness.safeParse(jsonOf((await readWitness(path)) ?? '')).success;
  } catch {
    return false;
  }
}

/** The text of a witness; undefined where there is none. Throws Fault `witness_unreadable`. */
export async function readWitness(path: string): Promise<string | undefined> {
  try {
    /* To open a pipe would wait for whoever writes to it. */
    if (!(await stat(path)).isFile()) throw unreadable('it is no file');
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(MOST_BYTES);
      const { bytesRead } = await file.read(buffer, 0, MOST_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw unreadable(`it cannot be read: ${String(codeOf(cause))}`, cause);
  }
}

/** Replaces a witness at once: after a power cut it is the former or the new one. Throws Fault `witness_unwritten`. */
export async function replaceWitness(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new-${randomBytes(4).toString('hex')}`;
  try {
    await writeNew(unfinished, text);
    await rename(unfinished, path);
  } catch (cause) {
    throw unwritten(String(codeOf(cause)), cause);
  }
  /* Where a folder cannot be flushed, the former one may be there after a power cut, which is as well. */
  await flushed(dirname(path)).catch(() => undefined);
}

/** Writes and flushes a file of which nothing was there before, so that no link is followed. */
async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

async function flushed(folder: string): Promise<void> {
  const file = await open(folder, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The message of an error of the file system has paths, which not every reader of a condition may know. */
export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : 'an error';

const UNTOLD = 'An older copy of the directory would not be told';

export const unreadable = (why: string, cause?: unknown): Fault =>
  new Fault(
    'witness_unreadable',
    `the file that TRIBUTARY_WITNESS names was compared with nothing, and nothing is written to it: ${why}. ${UNTOLD}. Look what it is: where it was a witness, restore or delete it; otherwise name another file`,
    { cause },
  );

export const unwritten = (why: string, cause?: unknown): Fault =>
  new Fault(
    'witness_unwritten',
    `the witness is not written at present, and tried again (${why}): it stays as it was. ${UNTOLD} where it has what the witness had. Make room at the place that TRIBUTARY_WITNESS names, mount it, or give the user of the server the right to write there`,
    { cause },
  );
