import type { AliasPage, ShardAliases } from '../commands/alias.ts';
import type { AliasKind } from '../generated/documents.ts';
import { aligned, count, counted, footer, printable } from './format.ts';

type Stated = {
  readonly kind: AliasKind;
  readonly address: string;
  readonly other: string;
  readonly holds: boolean;
  readonly position: string;
};

const DIFFER: Readonly<Record<AliasKind, string>> = {
  pair: '',
  prefix: 'ids that begin with ',
  suffix: 'ids that end with ',
  segment: 'ids with the folders ',
};

/** What was recorded. */
export function aliasText({ kind, address, other, holds, position }: Stated): string {
  const names = `${DIFFER[kind]}${printable(address)} and ${printable(other)}`;
  return holds
    ? `${names} are the same from position ${position} on`
    : `${names} are not the same any more from position ${position} on`;
}

/** A table of aliases. */
export function aliasesText(list: AliasPage): string {
  const { nodes, totalCount } = list;
  const columns = ['kind', 'address', 'other', 'by', 'why'].map((title) => ({ title }));
  const rows = nodes.map(({ kind, address, other, actor, reason }) => [kind, address, other, actor, reason]);
  const table =
    rows.length === 0
      ? ['no alias is declared; shards with one digest are the same without one']
      : [aligned(columns, rows), '', `${count(totalCount)} in all`];
  return [...table, '', footer(list)].join('\n');
}

type Same = Pick<ShardAliases, 'same' | 'unfollowed'>;

/** Shards that are the same data, and why: a table; nothing where there is none. */
export function sameLines({ same }: Pick<Same, 'same'>): string[] {
  const columns = ['shard', 'is the same as', 'by', 'events'].map((title) => ({ title }));
  const rows = same.map(({ shard, other, basis, evidence }) => [other, shard, basis, evidence.join(', ')]);
  return rows.length === 0 ? [] : [aligned(columns, rows), ''];
}

/** Rows of what could not be followed that are shown. */
const SHOWN = 20;

/** What could not be followed. */
export function unfollowedLines({ unfollowed }: Pick<Same, 'unfollowed'>): string[] {
  if (unfollowed.length === 0) return [];
  const more = unfollowed.length - SHOWN;
  return [
    'could not be followed:',
    ...unfollowed.slice(0, SHOWN).map(({ text }) => `  ${printable(text)}`),
    ...(more > 0 ? [`  and ${count(more)} more, which --json lists`] : []),
    '',
  ];
}

export function sameText(answer: ShardAliases): string {
  const { shard, same } = answer;
  return [
    `shard ${printable(shard)}: ${counted(same.length, 'other shard')} with the same data`,
    '',
    ...sameLines(answer),
    ...unfollowedLines(answer),
    footer(answer),
  ].join('\n');
}
