import { isObject, objectIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** A stream. `name` is undefined for streams in a list. */
export type Stream = {
  readonly name: string | undefined;
  readonly members: unknown;
  readonly key: string | number;
};

/** The streams of a dataset with the keys that lead to them. */
export type StreamList = { readonly keys: readonly string[]; readonly streams: readonly Stream[] };

const MAX_DEPTH = 6;

/**
 * The stream lists in a configuration: maps or lists of objects with a `remote` or a `local` path. `within` are the objects
 * around it, which anchors of YAML may name again.
 */
export function streamListsIn(
  config: unknown,
  keys: readonly string[] = [],
  within: readonly JsonObject[] = [],
): StreamList[] {
  const members = objectIn(config);
  if (!members || keys.length > MAX_DEPTH || within.includes(members)) return [];
  return Object.entries(members).flatMap(([key, value]) => {
    const path = [...keys, key];
    if (key !== 'streams') return streamListsIn(value, path, [...within, members]);
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

/** Where the data of a stream lie, without the split. */
export const rootOf = (stream: JsonObject): string =>
  textIn(stream['remote']) ?? textIn(stream['local']) ?? '';

/** The address of the data of a stream. */
export const addressOf = (stream: JsonObject): string =>
  [rootOf(stream), textIn(stream['split']) ?? ''].filter(Boolean).join('/');
