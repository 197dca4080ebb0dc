import { isSecretName } from './secret-name.ts';
import { MASK, maskSetting } from './mask-text.ts';

/** A JSON value. */
export type Masked =
  string | number | boolean | null | readonly Masked[] | { readonly [name: string]: Masked };

const MAX_DEPTH = 16;
const NAME = /^[\w.-]{1,64}$/;

/**
 * A configuration that may be printed. `***` replaces every value with the name of a secret, credentials in URLs, the
 * value after the name of a secret in a list (`['--password', '…']`), and the value of a `{name, value}` pair. Missing
 * values (null, undefined) and booleans stay visible.
 */
export function maskConfig(config: unknown): Masked {
  return masked(config, []);
}

function masked(value: unknown, above: readonly object[]): Masked {
  if (typeof value === 'string') return maskSetting(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return String(value);
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? object(value, above) : `[${typeof value}]`;
}

function object(value: object, above: readonly object[]): Masked {
  if (above.includes(value)) return '[circular]';
  if (above.length === MAX_DEPTH) return '[deep]';
  if (value instanceof URL) return maskSetting(value.href);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[date]' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const path = [...above, value];
  if (Array.isArray(value) || value instanceof Set) return list([...value], path);
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return record(
    members.map(([name, member]) => [String(name), member]),
    path,
  );
}

function list(values: readonly unknown[], path: readonly object[]): Masked {
  return values.map((value, index) => {
    const before = values[index - 1];
    return typeof before === 'string' && NAME.test(before) && isSecretName(before)
      ? hidden(value)
      : masked(value, path);
  });
}

function record(members: readonly (readonly [string, unknown])[], path: readonly object[]): Masked {
  const named = members.some(
    ([name, member]) => /^(?:name|key)$/i.test(name) && typeof member === 'string' && isSecretName(member),
  );
  const shown = members.map(([name, member]): [string, Masked] => {
    if (named && /^(?:name|key)$/i.test(name) && typeof member === 'string')
      return [name, maskSetting(member)];
    const secret = isSecretName(name) || (named && /^value$/i.test(name));
    return [maskSetting(name), secret ? hidden(member) : masked(member, path)];
  });
  return Object.fromEntries(shown);
}

function hidden(value: unknown): Masked {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? value : MASK;
}
