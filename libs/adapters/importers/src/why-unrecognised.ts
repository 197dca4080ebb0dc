import { typeOfFirst } from './files/cloud-event.ts';
import { isUnmarkedUtf16 } from './files/encoding.ts';
import { isProseOrProgram, isScript } from './files/file-names.ts';
import { filterHeld } from './files/folder.ts';
import type { SkippedEntry, SourceFile } from './files/folder.ts';
import { isVocabulary } from './files/vocabulary.ts';

/** Of a file that has nothing about it that says more. */
export const NOTHING_FOUND = 'no importer finds in it what it looks for';

/** Why no importer takes each file: what it is by its name or content, where that is known. */
export async function whyUnrecognised(files: readonly SourceFile[]): Promise<SkippedEntry[]> {
  const vocabularies = new Set(await filterHeld(files, isVocabulary));
  const reasons: SkippedEntry[] = [];
  for (const file of files)
    reasons.push({
      path: file.path,
      reason: vocabularies.has(file) ? 'the vocabulary of a tokenizer' : await reasonOf(file),
    });
  return reasons;
}

async function reasonOf(file: SourceFile): Promise<string> {
  if (file.tooLarge !== undefined) return file.tooLarge;
  if (file.bytes === 0) return 'empty';
  if (isUnmarkedUtf16(await file.head()))
    return 'text in UTF-16 without a byte order mark: convert it to UTF-8 (iconv -f UTF-16LE -t UTF-8)';
  if (isProseOrProgram(file.path)) return 'prose or a program: it quotes what other files are';
  if (isScript(file.path)) return 'a script without the options of a launch that an importer reads';
  if (typeOfFirst(await file.headText()) !== undefined)
    return 'a file of events: import it by a command of its own';
  return NOTHING_FOUND;
}
