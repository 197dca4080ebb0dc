import { DeadLetterDraft, NO_DEAD_LETTERS } from './dead-letter-draft.ts';
import { deadLetterId } from './dead-letter.ts';
import type { DeadLetter } from './dead-letter.ts';
import { openLmdbStore } from './lmdb-store.ts';

/** A dead letter with its input; undefined where that is not kept. */
export type KeptDeadLetter = { readonly deadLetter: DeadLetter; readonly bytes: Uint8Array | undefined };

/** Reads every dead letter of a folder that no process has open. */
export async function readDeadLetters(folder: string, read: (kept: KeptDeadLetter) => void): Promise<void> {
  const store = await openLmdbStore(folder);
  try {
    for (const deadLetter of store.newestFirst()) read({ deadLetter, bytes: store.payload(deadLetter.id) });
  } finally {
    await store.close();
  }
}

const GROUP = 100;

/**
 * Writes the dead letters of a folder into a new one, each as `rewrite` returns it, or as it is for undefined. One whose
 * input is changed gets the id of the changed one. Returns how many were changed.
 */
export async function rewriteDeadLetters(
  from: string,
  to: string,
  rewrite: (kept: KeptDeadLetter) => KeptDeadLetter | undefined,
): Promise<number> {
  const [source, target] = [await openLmdbStore(from), await openLmdbStore(to)];
  try {
    let changed = 0;
    let draft = new DeadLetterDraft(target, NO_DEAD_LETTERS, Infinity);
    let waiting = 0;
    for (const deadLetter of source.newestFirst()) {
      const kept = { deadLetter, bytes: source.payload(deadLetter.id) };
      const rewritten = rewrite(kept);
      if (rewritten) changed += 1;
      add(draft, rewritten ? renamed(rewritten) : kept);
      waiting += 1;
      if (waiting < GROUP) continue;
      draft = await written(draft, target);
      waiting = 0;
    }
    await written(draft, target);
    return changed;
  } finally {
    await source.close();
    await target.close();
  }
}

function add(draft: DeadLetterDraft, { deadLetter, bytes }: KeptDeadLetter): void {
  /* Two that differed in the secret alone are one now. */
  if (draft.get(deadLetter.id)) return;
  draft.set(deadLetter, bytes && { bytes });
}

/** The id is a hash of the input, from which a short secret could be guessed. */
function renamed({ deadLetter, bytes }: KeptDeadLetter): KeptDeadLetter {
  const { endpoint, code, message } = deadLetter;
  const id = deadLetterId({ endpoint, code, bytes: bytes ?? Buffer.from(message) });
  const size = bytes && deadLetter.kept === undefined ? bytes.length : deadLetter.size;
  const kept = bytes && deadLetter.kept !== undefined ? { kept: bytes.length } : {};
  return { deadLetter: { ...deadLetter, id, size, ...kept }, bytes };
}

async function written(
  draft: DeadLetterDraft,
  target: Awaited<ReturnType<typeof openLmdbStore>>,
): Promise<DeadLetterDraft> {
  const changes = draft.changes();
  if (changes.deadLetters.size > 0) await target.write(changes);
  return new DeadLetterDraft(target, changes.counts, Infinity);
}
