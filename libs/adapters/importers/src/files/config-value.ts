import { valueIn } from '@tributary/kernel';
import { objectIn, statedIn } from './untyped-values.ts';
import type { JsonObject } from './untyped-values.ts';

const REFERENCE = /^\$\{(?<path>[\w.]+)\}$/;
const MAX_HOPS = 8;

/** The value at nested keys. A reference `${other.key}` to a value of the same configuration is resolved. */
export function valueAt(config: JsonObject, path: string, hops = MAX_HOPS): unknown {
  let value: unknown = config;
  for (const key of path.split('.')) value = valueIn(objectIn(value) ?? {}, key);
  const named = typeof value === 'string' ? REFERENCE.exec(value)?.groups?.['path'] : undefined;
  return named === undefined || hops === 0 ? value : valueAt(config, named, hops - 1);
}

/** The first text that is stated at one of these paths. */
export const firstStated = (config: JsonObject, paths: readonly string[]): string | undefined =>
  paths.map((path) => statedIn(valueAt(config, path))).find((text) => text !== undefined);
