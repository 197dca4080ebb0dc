import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { gzipEndsEarly } from '@tributary/importers';
import type { SourceLine } from './append.ts';
import { jsonOf } from './server/graphql.ts';

/**
 * The non-empty lines of a file with their numbers. A name that ends in `.gz` means gzip. Throws Fault `gzip_ends_early`
 * after the last line where more bytes follow.
 */
export async function* linesOf(path: string): AsyncGenerator<SourceLine> {
  const bytes = createReadStream(path);
  const gunzip = path.endsWith('.gz') ? createGunzip() : undefined;
  const text = gunzip ? bytes.pipe(gunzip) : bytes;
  bytes.on('error', (error) => text.destroy(error));
  let line = 0;
  for await (const content of createInterface({ input: text, crlfDelay: Infinity })) {
    line += 1;
    if (content.trim() !== '') yield { text: content, source: `${path}:${line}` };
  }
  const { size } = await stat(path);
  if (gunzip && gunzip.bytesWritten < size) throw gzipEndsEarly(path, gunzip.bytesWritten, size);
}

/** Whether a path is a file whose first line is a CloudEvent. */
export async function holdsEvents(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  try {
    for await (const { text } of linesOf(path)) return typeOf(text) !== undefined;
  } catch {
    return false;
  }
  return false;
}

/** The type of the CloudEvent in a line; undefined where the line is not one. */
export function typeOf(line: string): string | undefined {
  const event: { specversion?: unknown; type?: unknown } | null | undefined = jsonOf(line);
  return event?.specversion !== undefined && typeof event.type === 'string' ? event.type : undefined;
}
