import { redactSecrets } from '../secret-scan.ts';
import { isMembers } from './shape.ts';
import type { Members } from './shape.ts';

/** A configuration as a fact may carry it: without secrets, and saying where one was. */
export function configOf(value: Members): { config: Record<string, unknown>; redacted?: true } {
  const plain: unknown = JSON.parse(JSON.stringify(value));
  const { value: config, found } = redactSecrets(isMembers(plain) ? { ...plain } : {});
  const members = Object.fromEntries(Object.entries(config).slice(0, 500));
  return found.length > 0 ? { config: members, redacted: true } : { config: members };
}

/** The schemas ask for one member at least. */
export function atLeastOne<Item>(items: readonly Item[]): [Item, ...Item[]] | undefined {
  const [first, ...rest] = items;
  return first === undefined ? undefined : [first, ...rest];
}
