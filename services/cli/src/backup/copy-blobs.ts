import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blobNames, referencedDigest, removalNotes } from '@tributary/blobs';
import type { LocalLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import type { BackupOptions } from './back-up.ts';
import { copyFile } from './files.ts';
import type { CopiedFile } from './files.ts';

type CopiedBlobs = {
  readonly files: readonly CopiedFile[];
  /** What says which content was removed for good, so that it is not stored again. */
  readonly notes: readonly CopiedFile[];
  /** Names of blobs whose content has another digest. They are not copied. */
  readonly damaged: readonly string[];
};

/** Copies the blobs of a folder, and the notes of removed ones, into another folder. The name of a blob is the SHA-256 of its content, which is compared. */
export async function copyBlobs(
  from: string,
  to: string,
  { step, signal }: Pick<BackupOptions, 'step' | 'signal'>,
): Promise<CopiedBlobs> {
  const files: CopiedFile[] = [];
  const notes: CopiedFile[] = [];
  const damaged: string[] = [];
  if (!existsSync(from)) return { files, notes, damaged };
  for (const name of blobNames(from)) {
    signal.throwIfAborted();
    const path = `${name.slice(0, 2)}/${name}`;
    const content = await copyFile(join(from, path), join(to, path));
    if (content.sha256 === name) files.push({ path: `blobs/${path}`, ...content });
    else {
      damaged.push(name);
      rmSync(join(to, path));
    }
    step(`blobs: ${files.length} copied`);
  }
  for (const path of removalNotes(from)) {
    signal.throwIfAborted();
    notes.push({ path: `blobs/${path}`, ...(await copyFile(join(from, path), join(to, path))) });
  }
  return { files, notes, damaged };
}

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** The digests of the blobs that events refer to. Few events have a reference, so the others are not parsed. */
export async function* referencedBlobs(log: Pick<LocalLog, 'read'>): AsyncGenerator<string> {
  for (let after = START; ;) {
    const events = await log.read({ after, ...READ });
    const last = events.at(-1);
    if (!last) return;
    for (const { bytes } of events) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (!text.includes('datadigest')) continue;
      const digest = referencedDigest(JSON.parse(text.toString('utf8')));
      if (digest !== undefined) yield digest;
    }
    after = last.position;
  }
}
