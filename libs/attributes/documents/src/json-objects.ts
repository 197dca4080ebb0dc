import { Fault } from '@tributary/kernel';
import { compressionOf, contentOf, headOf } from './content.ts';
import { elementsOf } from './json-array.ts';
import { linesOf } from './json-lines.ts';
import { membersOf } from './json-rows.ts';
import type { Members } from './json-rows.ts';
import { skipped } from './row.ts';
import type { SkippedRow } from './row.ts';

/** The object of a row of JSON, with all of its fields. */
export type JsonObject = { readonly row: number; readonly members: Members };

/**
 * The objects of a file of JSON: lines, or an array if its first character is a bracket; plain, gzip or zstd. Where the
 * file cannot be read any further, the last one is skipped as `file_broken`.
 */
export async function* jsonObjects(path: string): AsyncGenerator<JsonObject | SkippedRow> {
  const compression = compressionOf(await headOf(path, 4));
  let next = 0;
  try {
    const isArray = await beginsWithBracket(contentOf(path, compression));
    const content = contentOf(path, compression);
    for await (const raw of isArray ? elementsOf(content) : linesOf(content)) {
      next = raw.row + 1;
      const read = membersOf(raw);
      yield read.ok ? { row: raw.row, members: read.value } : read.skipped;
    }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'file_broken') throw error;
    yield skipped(next, 'file_broken', `nothing was read from here on: ${error.message}`);
  }
}

async function beginsWithBracket(content: AsyncGenerator<Buffer>): Promise<boolean> {
  for await (const part of content) {
    const text = part
      .toString('latin1')
      .replace(/^\xEF\xBB\xBF/, '')
      .trimStart();
    if (text !== '') return text.startsWith('[');
  }
  return false;
}
