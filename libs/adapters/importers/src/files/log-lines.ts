import { isProseOrProgram, isScript } from './file-names.ts';
import type { SourceFile } from './folder.ts';
import { noFlaws, textLines } from '../maps/rows/text-lines.ts';

/** Configurations and tables quote lines of logs, as prose, programs and scripts do. */
const NO_LOG = /\.(ya?ml|toml|ini|csv|tsv|jsonl?|ndjson)(\.gz)?$/i;

/** A line that merely looks like one of a log occurs once. */
const MIN_LINES = 2;

/** Where a log begins with the program that wrote it, or what its shell traced, its first step comes later. */
const SEARCHED_BYTES = 8 * 1024 * 1024;

/** About as many lines as fill those bytes. Each importer looks at them, and 8 MiB of line ends are eight million. */
const SEARCHED_LINES = 100_000;

/** How many of some lines are those of a log. */
type CountLines = (lines: readonly string[]) => number;

/**
 * Whether a file is a log with at least two lines that `count` finds, behind any other text: of a file that its name calls
 * a log or text, 8 MiB and 100,000 lines are searched, of others the head.
 */
export async function hasLogLines(file: SourceFile, head: string, count: CountLines): Promise<boolean> {
  const { path } = file;
  if (NO_LOG.test(path) || isProseOrProgram(path) || isScript(path)) return false;
  if (count(head.split('\n')) >= MIN_LINES) return true;
  const mayGoOn = file.bytes > head.length || /\.gz$/i.test(path);
  const isText = /\.(log|txt|out|err|stdout|stderr)(\.gz)?$/i.test(path);
  if (!mayGoOn || !isText) return false;
  let found = 0;
  let read = 0;
  let searched = 0;
  for await (const lines of textLines(file, noFlaws())) {
    found += count(lines.map(({ text }) => text));
    read += lines.reduce((sum, { text }) => sum + text.length + 1, 0);
    searched += lines.length;
    if (found >= MIN_LINES || read > SEARCHED_BYTES || searched >= SEARCHED_LINES) break;
  }
  return found >= MIN_LINES;
}
