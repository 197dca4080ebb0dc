import type { Doubt, Join, SimilarShards } from '@tributary/corpus';
import type { RowOf } from '@tributary/kernel';
import type { unrecordedSources } from '@tributary/lineage';
import { evidenceOf } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { AliasBasis, UnfollowedKind } from '../generated/schema.ts';
import type { SameShard, Unfollowed } from '../generated/schema.ts';

export const sameShardOf = ({ shard, other, basis, evidence }: Join): SameShard => ({
  shard,
  other,
  basis: valueOf(AliasBasis, basis, 'the basis of an alias'),
  evidence: evidenceOf(evidence),
});

/** A doubt as answers list it. */
export type ListedDoubt = Omit<Doubt, 'among'>;

/** Each doubt once: shards of one class share it. */
export function doubtsOf(doubts: readonly ListedDoubt[]): Unfollowed[] {
  const distinct = new Map(doubts.map((doubt) => [JSON.stringify(doubt), doubt]));
  return [...distinct.values()].map(({ kind, shards, text, evidence }) => ({
    kind: valueOf(UnfollowedKind, kind, 'what could not be followed'),
    ids: [...shards],
    text,
    evidence: evidenceOf(evidence),
  }));
}

const SIMILAR = {
  address: (shard: string, other: string) =>
    `the address of ${other} looks like that of ${shard}, and nothing says that they are the same`,
  checksum: (shard: string, other: string) =>
    `${other} has the checksum of ${shard}, which does not prove that they are the same`,
  former_digest: (shard: string, other: string) =>
    `${other} and ${shard} were registered with one digest, and not any more: they may have been consumed as the same bytes`,
};

export const similarOf = ({ found }: SimilarShards): Unfollowed[] =>
  found.map(({ shard, other, by }) => ({
    kind: UnfollowedKind.Similar,
    ids: [shard, other],
    text: SIMILAR[by](shard, other),
    evidence: [],
  }));

type Unrecorded = RowOf<typeof unrecordedSources>;

export const unrecordedOf = (rows: readonly Unrecorded[]): Unfollowed[] =>
  rows.map(({ node, target, targets }) => ({
    kind: UnfollowedKind.Unrecorded,
    ids: [node, target],
    text: `${target}${targets > 1 ? ` and ${targets - 1} more` : ''} came from ${node}, and what that was made from is not recorded`,
    evidence: [],
  }));

/** How many of each kind a reason names. */
const NAMED = 2;

const TITLES: readonly (readonly [UnfollowedKind, string])[] = [
  [UnfollowedKind.Contradiction, 'aliases do not hold'],
  [UnfollowedKind.TooMany, 'too many aliases'],
  [UnfollowedKind.Similar, 'similar addresses are not joined'],
  [UnfollowedKind.Unrecorded, 'sources are not recorded'],
];

/** Why an answer is not complete that could not follow something; undefined where there is nothing. */
export function unfollowedReason(unfollowed: readonly Unfollowed[]): string | undefined {
  const reasons = TITLES.flatMap(([kind, title]) => {
    const own = unfollowed.filter((one) => one.kind === kind);
    const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : '';
    const named = own.slice(0, NAMED).map(({ text }) => text);
    return own.length === 0 ? [] : [`${title}: ${named.join('; ')}${more}`];
  });
  return reasons.length === 0 ? undefined : reasons.join('; ');
}
