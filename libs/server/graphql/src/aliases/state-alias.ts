import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact } from '@tributary/contracts';
import { aliases, shardDigests } from '@tributary/corpus';
import { Fault } from '@tributary/kernel';
import type { LogPosition } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import { AliasKind, AliasRefusal } from '../generated/schema.ts';
import type { AliasOutcome, MutationDeclareAliasArgs } from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';

/** Source of the facts. */
const SOURCE = 'urn:tributary:aliases';

type Statement = MutationDeclareAliasArgs & { readonly actor: string };

/** Addresses in order: an alias has no direction, and its facts are in one stream. */
const inOrder = ({ address, other, ...rest }: Statement): Statement =>
  address <= other ? { address, other, ...rest } : { address: other, other: address, ...rest };

/**
 * Records that an alias holds, or that it does not hold any more. Refuses what breaks the schema of the fact, what is so
 * already, and a pair with different digests. Throws Fault `not_recorded` where the log refuses it.
 */
export async function stateAlias(
  runtime: Runtime,
  type: 'corpus.alias.declared' | 'corpus.alias.withdrawn',
  given: Statement,
): Promise<AliasOutcome> {
  const { kind = AliasKind.Pair, address, other, reason, actor } = inOrder(given);
  const data = { kind, address, other, reason, actor };
  const violation = checkFact(type, data);
  if (violation)
    return refused(AliasRefusal.Invalid, `${violation.pointer.replace('/data/', '')} ${violation.message}`);
  const { position: as_of } = await freshness(runtime, null);
  const [standing] = (
    await runtime.engine.reader.all(aliases, { address, after: '', first: 100_000, as_of })
  ).filter((row) => row.kind === kind && row.address === address && row.other === other);
  const wrong = type === 'corpus.alias.declared' ? standing : !standing;
  if (wrong) return refused(...(standing ? heldBefore(standing) : notHeld(address, other)));
  const differing =
    kind === 'pair' && !standing ? await differingDigests(runtime, [address, other], as_of) : undefined;
  if (differing !== undefined) return refused(AliasRefusal.DigestsDiffer, differing);
  /* Declared, withdrawn and declared again with one reason is three facts: each follows another state of the log. */
  const event = madeEvent(SOURCE, [type, data, standing?.evidence ?? as_of], { type, data });
  const appended = await appendFacts(runtime, [event], { atomic: true });
  const receipt = appended.ok ? appended.receipts[0] : undefined;
  if (!receipt?.position)
    throw new Fault('not_recorded', `the log refused the alias of ${address} and ${other}`);
  await runtime.projector.reached(runtime.log.head());
  return { __typename: 'AliasRecorded', position: receipt.position };
}

const refused = (refusal: AliasRefusal, text: string): AliasOutcome => ({
  __typename: 'AliasRefused',
  refusal,
  text,
});

const heldBefore = ({ address, other, actor, reason }: Omit<Statement, 'kind'>): [AliasRefusal, string] => [
  AliasRefusal.AlreadyDeclared,
  `${actor} declared that ${address} and ${other} are the same: ${reason}`,
];

const notHeld = (address: string, other: string): [AliasRefusal, string] => [
  AliasRefusal.NotDeclared,
  `no alias of this kind joins ${address} and ${other}; list them with \`tributary alias\``,
];

async function differingDigests(
  { engine: { reader } }: Runtime,
  shard_ids: string[],
  as_of: LogPosition,
): Promise<string | undefined> {
  const [one, two] = await reader.all(shardDigests, { shard_ids, as_of });
  if (!one || !two || one.algorithm !== two.algorithm || one.value === two.value) return undefined;
  return `${one.shard_id} was registered with ${one.algorithm} ${one.value} and ${two.shard_id} with ${two.value}: they are not the same bytes`;
}
