import { kindOfMember } from './assigned-secrets.ts';
import { findSecrets } from './find-secrets.ts';
import type { SecretSpan } from './find-secrets.ts';
import { secrecyOf } from './secret-name.ts';
import type { SecretKind } from './token-shapes.ts';

/** A secret that was redacted. `pointer` is its JSON pointer, empty for a bare string. */
export type FoundSecret = { readonly kind: SecretKind; readonly pointer: string };

/** The value with `[redacted:<kind>]` instead of each secret, otherwise unchanged. */
export type Redacted<Value> = { readonly value: Value; readonly found: readonly FoundSecret[] };

const MAX_DEPTH = 64;

/**
 * Redacts secrets in a string, or in every string of plain JSON, where names of members count too. A number under the
 * name of a secret becomes a text.
 */
export function redactSecrets<Value>(value: Value): Redacted<Value> {
  const found: FoundSecret[] = [];
  const redacted = redact(value, { name: '', pointer: '', depth: 0 }, found);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a string stays one, and a number under such a name has no meaning but to be secret
  return { value: redacted as Value, found };
}

/** The value of a member with this name, redacted. */
export function redactMember(name: string, value: string): string {
  return redactText(value, { name, pointer: '', depth: 0 }, []);
}

type MemberPath = { readonly name: string; readonly pointer: string; readonly depth: number };

function redact(value: unknown, location: MemberPath, found: FoundSecret[]): unknown {
  if (typeof value === 'string') return redactText(value, location, found);
  if (typeof value === 'number') return redactNumber(value, location, found);
  if (typeof value !== 'object' || value === null || location.depth > MAX_DEPTH) return value;
  const inside = (key: string, name: string): MemberPath => ({
    name,
    pointer: `${location.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    depth: location.depth + 1,
  });
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return items.map((item, index) =>
      redact(item, inside(String(index), secretFlag(items[index - 1]) ?? location.name), found),
    );
  }
  const members: [string, unknown][] = Object.entries(value);
  const paired = pairedName(members);
  /* `{password: {value: …}}`, as W&B writes a configuration. */
  const outer = secrecyOf(location.name) === undefined ? undefined : location.name;
  return Object.fromEntries(
    members.map(([key, member]) => [
      key,
      redact(member, inside(key, key.toLowerCase() === 'value' ? (paired ?? outer ?? key) : key), found),
    ]),
  );
}

/** The name that an element of a list of arguments gives to the next one: `--api-key`. */
export const secretFlag = (before: unknown): string | undefined =>
  typeof before === 'string' && /^--?[a-z][\w.-]{0,63}$/i.test(before) && isSecretName(before)
    ? before
    : undefined;

/** Whether what has this name may be a secret for that alone. */
export const isSecretName = (name: string): boolean => secrecyOf(name) !== undefined;

/** The name in `{name: 'API_KEY', value: …}`; undefined where that is no name of a secret. */
function pairedName(members: readonly (readonly [string, unknown])[]): string | undefined {
  const [, name] = members.find(([key]) => /^(?:name|key)$/i.test(key)) ?? [];
  return typeof name === 'string' && isSecretName(name) ? name : undefined;
}

function redactText(text: string, { name, pointer }: MemberPath, found: FoundSecret[]): string {
  let [redacted, from] = ['', 0];
  for (const { kind, start, end } of secretsOf(name, text)) {
    found.push({ kind, pointer });
    redacted += text.slice(from, start) + placeholder(kind);
    from = end;
  }
  return redacted + text.slice(from);
}

function redactNumber(value: number, { name, pointer }: MemberPath, found: FoundSecret[]): number | string {
  const kind = kindOfMember(name, String(value));
  if (!kind) return value;
  found.push({ kind, pointer });
  return placeholder(kind);
}

/** The secrets in the text of a member with this name, in order and apart; the name is empty where it has none. */
export function secretsOf(name: string, text: string): SecretSpan[] {
  const named = kindOfMember(name, text);
  return named ? [{ kind: shapeOf(text) ?? named, start: 0, end: text.length }] : findSecrets(text);
}

/** The kind of a text that is a secret as a whole by its form. */
function shapeOf(text: string): SecretKind | undefined {
  const [only] = findSecrets(text);
  return only?.start === 0 && only.end === text.length ? only.kind : undefined;
}

const placeholder = (kind: SecretKind): string => `[redacted:${kind}]`;
