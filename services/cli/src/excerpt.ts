import { gunzip } from '@tributary/importers';
import { tolerantJson } from '@tributary/json';

const MAX_CHARACTERS = 2000;

/** The part of a file that a pointer names, as text; undefined where it is binary or does not exist. */
export async function excerptOf(file: Uint8Array, pointer: string): Promise<string | undefined> {
  const bytes = /^bytes:(\d+)-(\d+)$/.exec(pointer);
  if (bytes)
    return Buffer.from(file.subarray(Number(bytes[1]), Number(bytes[2])))
      .toString('hex')
      .slice(0, MAX_CHARACTERS);
  const text = new TextDecoder().decode(await gunzip(file)).replace(/^\uFEFF/, '');
  const lines = /^lines?:(\d+)(?:-(\d+))?$/.exec(pointer);
  if (lines) {
    const first = Number(lines[1]);
    const found = text.split(/\r?\n/).slice(first - 1, Number(lines[2] ?? first));
    return found.length === 0 ? undefined : found.join('\n').slice(0, MAX_CHARACTERS);
  }
  return pointer === '' || pointer.startsWith('/') ? memberOf(text, pointer) : undefined;
}

/** RFC 6901. */
function memberOf(text: string, pointer: string): string | undefined {
  try {
    const keys = pointer
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = keys.reduce<unknown>(inside, tolerantJson(text));
    return found === undefined ? undefined : JSON.stringify(found, undefined, 2).slice(0, MAX_CHARACTERS);
  } catch {
    return undefined;
  }
}

function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}
