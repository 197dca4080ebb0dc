import { createHash } from 'node:crypto';
import { Fault, nextTurn } from '@tributary/kernel';
import type { Content } from './blobs.ts';

/** SHA-256 as lower-case hex. */
export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whether a text is a SHA-256 in lower-case hex. Also keeps paths out of the store's file names. */
export const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

export const mismatch = (expected: string, found: string): Fault =>
  new Fault('blob_mismatch', `the content has SHA-256 ${found}, not ${expected}; send it again`);

export const damaged = (sha256: string): Fault =>
  new Fault(
    'blob_damaged',
    `the stored blob ${sha256} is not what was written; restore it from a backup, or upload it again`,
  );

/** Bytes that are hashed before others have their turn. */
const IN_A_TURN = 1024 * 1024;

/** The SHA-256 of what may be long, in turns. */
export async function digestInTurns(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += IN_A_TURN) {
    if (at > 0) await nextTurn();
    hash.update(bytes.subarray(at, at + IN_A_TURN));
  }
  return hash.digest('hex');
}

/** The chunks of a content, none of them longer than is hashed in a turn where it is in memory. */
export async function* chunksOf(content: Content): AsyncIterable<Uint8Array> {
  if (!(content instanceof Uint8Array)) return yield* content;
  yield content.subarray(0, IN_A_TURN);
  for (let at = IN_A_TURN; at < content.length; at += IN_A_TURN) {
    await nextTurn();
    yield content.subarray(at, at + IN_A_TURN);
  }
}

/** The same chunks. Throws Fault `blob_damaged` after the last one where their digest is another one. */
export async function* verified(chunks: AsyncIterable<Buffer>, sha256: string): AsyncIterable<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw damaged(sha256);
}
