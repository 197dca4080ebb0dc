import { isObject, objectIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** A stream by its name; lists have none. */
export type Stream = {
  readonly name: string | undefined;
  readonly members: unknown;
  readonly key: string | number;
};

/** Streams of a dataset, and the place of the list. */
export type StreamList = { readonly keys: readonly string[]; readonly streams: readonly Stream[] };

const DEEPEST = 6;

/** The lists of streams in a configuration: maps or lists of what has a `remote` or a `local` path. */
export function streamListsIn(config: unknown, keys: readonly string[] = []): StreamList[] {
  const members = objectIn(config);
  if (!members || keys.length > DEEPEST) return [];
  return Object.entries(members).flatMap(([key, value]) => {
    const path = [...keys, key];
    if (key !== 'streams') return streamListsIn(value, path);
    const streams = streamsIn(value);
    return streams.some(({ members: stream }) => isStream(stream)) ? [{ keys: path, streams }] : [];
  });
}

function streamsIn(value: unknown): Stream[] {
  if (Array.isArray(value)) return value.map((members: unknown, key) => ({ name: undefined, members, key }));
  return Object.entries(objectIn(value) ?? {}).map(([name, members]) => ({ name, members, key: name }));
}

export const isStream = (value: unknown): value is JsonObject =>
  isObject(value) && (textIn(value['remote']) ?? textIn(value['local'])) !== undefined;

/** Where the data of a stream are. */
export const addressOf = (stream: JsonObject): string =>
  [textIn(stream['remote']) ?? textIn(stream['local']) ?? '', textIn(stream['split']) ?? '']
    .filter(Boolean)
    .join('/');
