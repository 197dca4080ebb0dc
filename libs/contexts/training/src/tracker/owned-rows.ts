import type { Stamp } from '@tributary/contracts';
import type { Row } from '@tributary/kernel';

export type OwnerKind = 'project' | 'run' | 'model' | 'registration' | 'version' | 'alias';

export type Tagged = {
  readonly tags?: Readonly<Record<string, string>>;
  readonly removedTags?: readonly string[];
};

/** A row for each tag that was set or removed. */
export function tagRows(
  owner_kind: OwnerKind,
  owner_id: string,
  { tags, removedTags }: Tagged,
  stamp: Stamp,
): Row[] {
  const owner = { ...stamp, owner_kind, owner_id };
  const removed = (removedTags ?? []).map((key) => ({ ...owner, key, value: '', removed: true }));
  const set = Object.entries(tags ?? {}).map(([key, value]) => ({ ...owner, key, value, removed: false }));
  return [...removed, ...set];
}

export const paramRows = (
  owner_kind: OwnerKind,
  owner_id: string,
  params: Readonly<Record<string, string>> | undefined,
  stamp: Stamp,
): Row[] =>
  Object.entries(params ?? {}).map(([key, value]) => ({ ...stamp, owner_kind, owner_id, key, value }));
