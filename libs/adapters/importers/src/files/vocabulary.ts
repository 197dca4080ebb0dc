import type { SourceFile } from './folder.ts';
import { objectIn } from './untyped-values.ts';

/** Fewer members could be a record that happens to count. */
const MIN_TOKENS = 16;

/**
 * Whether a file is the vocabulary of a tokenizer, such as `vocab.json`: an object of tokens with a number each. Among its
 * tokens are the names of any column.
 */
export async function isVocabulary(file: SourceFile): Promise<boolean> {
  if (!/^\uFEFF?\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\d+\s*,/.test(await file.headText())) return false;
  const ids = Object.values(objectIn(await file.json()) ?? {});
  const distinct = new Set(ids);
  const last = ids.length * 2;
  return (
    ids.length >= MIN_TOKENS &&
    distinct.size === ids.length &&
    ids.every((id) => typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && id < last)
  );
}
