import { boundedConfig } from '../dclm/bounded-config.ts';
import { isObject } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';
import { redactSecrets } from '../secret-scan.ts';

const DEEPEST = 16;
const MOST_VALUES = 20_000;
const MOST_MEMBERS = 500;

/** A configuration as a fact may carry it: without secrets, and saying where one was; what is too large is left out. */
export function configOf(value: JsonObject): { config: Record<string, unknown>; redacted?: true } {
  const plain = plainJson(value);
  const members = isObject(plain) ? Object.entries(plain).slice(0, MOST_MEMBERS) : [];
  const { value: config, found } = redactSecrets(Object.fromEntries(members));
  return { config: boundedConfig(config), ...(found.length > 0 && { redacted: true as const }) };
}

/** A value as plain JSON. YAML may nest without end, and a number beyond what JSON has stays as text. */
export function plainJson(value: unknown): unknown {
  let left = MOST_VALUES;
  const plain = (inner: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof inner === 'string') return inner.toWellFormed();
    if (typeof inner === 'number') return Number.isFinite(inner) ? inner : String(inner);
    if (typeof inner === 'bigint') return String(inner);
    if (typeof inner !== 'object' || inner === null) return inner;
    if (depth > DEEPEST) return '[nested too deeply]';
    if (left < 0) return '[left out: too many values]';
    if (Array.isArray(inner)) return inner.map((item) => plain(item, depth + 1));
    return Object.fromEntries(
      Object.entries(inner).map(([key, member]) => [key.toWellFormed(), plain(member, depth + 1)]),
    );
  };
  return plain(value, 0);
}

/** The schemas ask for one member at least. */
export function atLeastOne<Item>(items: readonly Item[]): [Item, ...Item[]] | undefined {
  const [first, ...rest] = items;
  return first === undefined ? undefined : [first, ...rest];
}
