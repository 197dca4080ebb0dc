import type { Envelope, FactType } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import type { Actor } from './http/actor.ts';
import { rejectViolation } from './rejection.ts';
import type { Refused } from './rejection.ts';

/** The members of facts that say who decided, approved or took back something. */
const PEOPLE: ReadonlyMap<string, readonly string[]> = new Map<FactType, readonly string[]>([
  ['mixture.plan.decided', ['decidedBy']],
  ['mixture.plan.approved', ['approvedBy']],
  ['mixture.plan.superseded', ['actor']],
  ['corpus.shard.retracted', ['actor']],
  ['corpus.source.retracted', ['actor']],
  ['corpus.alias.declared', ['actor']],
  ['corpus.alias.withdrawn', ['actor']],
  ['evaluation.score.invalidated', ['actor']],
  ['lineage.import.withdrawn', ['actor']],
  ['audit.key.changed', ['actor']],
  ['audit.log.scrubbed', ['actor']],
  ['audit.subject.erased', ['actor', 'approvedBy']],
]);

/** Members that name somebody who decided nothing. */
const ASKED: ReadonlyMap<string, readonly string[]> = new Map<FactType, readonly string[]>([
  ['attribution.question.asked', ['askedBy']],
  ['lineage.import.started', ['actor']],
]);

/** Facts that name nobody and weigh as much as a decision: a forged test of a family changes what its later answers say. */
const ANSWERS: ReadonlySet<string> = new Set<FactType>([
  'attribution.question.answered',
  'attribution.test.recorded',
]);

type Named = { readonly pointer: string; readonly name: string };

/**
 * Refuses an authenticated caller a fact that names somebody else, and a decision, an approval, a retraction, an answer or a
 * test without the scope `decide`. A caller with the scope `import` may record what others did. Undefined where the fact may be recorded.
 */
export function rejectOthers(event: Envelope, { name, scopes }: Actor): Refused | undefined {
  if (scopes.has('import')) return undefined;
  const members = PEOPLE.get(event.type);
  const named = namedIn(event, members ?? ASKED.get(event.type) ?? []);
  const other = named.find((one) => one.name !== name);
  if (other)
    return rejectViolation('actor_mismatch', event, {
      pointer: other.pointer,
      message: `the caller is ${JSON.stringify(name)} and cannot record what somebody else did; leave it to them, or use a key with the scope import`,
    });
  const isDecision = members !== undefined || ANSWERS.has(event.type);
  if (!isDecision || scopes.has('decide')) return undefined;
  return rejectViolation('scope_missing', event, {
    pointer: '/type',
    message: `the key of ${JSON.stringify(name)} has not the scope decide, which a fact of this type needs`,
  });
}

/** Everybody whom a fact names; a correction names its actor beside the data. */
function namedIn({ actor, data = {} }: Envelope, members: readonly string[]): Named[] {
  const named: [pointer: string, value: unknown][] = [
    ['/actor', actor],
    ...members.map((member): [string, unknown] => [`/data/${member}`, valueIn(data, member)]),
  ];
  return named.flatMap(([pointer, value]) => (typeof value === 'string' ? [{ pointer, name: value }] : []));
}
