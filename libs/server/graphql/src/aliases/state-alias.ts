import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact } from '@tributary/contracts';
import { aliasRules, digestsDiffer, MAX_RULES, shardDigests, standingAlias } from '@tributary/corpus';
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
 * already, a pair with different digests, and a rule where there are too many. Throws Fault `not_recorded` where the log refuses it.
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
  const { position: as_of } = await freshness(runtime, runtime.log.head());
  const [standing] = await runtime.engine.reader.all(standingAlias, { kind, address, other, as_of });
  if (type === 'corpus.alias.withdrawn' && !standing) return refused(...notHeld(address, other));
  if (type === 'corpus.alias.declared') {
    const reasons = standing
      ? heldBefore({ ...standing, address, other })
      : ((await tooMany(runtime, kind, as_of)) ??
        (await differing(runtime, { kind, address, other }, as_of)));
    if (reasons) return refused(...reasons);
  }
  /* Declared, withdrawn and declared again with one reason is three facts: each follows another state of the log. */
  const event = madeEvent(SOURCE, [type, data, standing?.evidence ?? as_of], { type, data });
  return recorded(runtime, event, `${address} and ${other}`);
}

type Named = { readonly kind: AliasKind; readonly address: string; readonly other: string };

async function recorded(
  runtime: Runtime,
  event: ReturnType<typeof madeEvent>,
  names: string,
): Promise<AliasOutcome> {
  const appended = await appendFacts(runtime, [event], { atomic: true });
  const receipt = appended.ok ? appended.receipts[0] : undefined;
  if (!receipt?.position) throw new Fault('not_recorded', `the log refused the alias of ${names}`);
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

/** Why a rule is refused: there are as many as an answer follows. Undefined where there are not. */
async function tooMany(
  { engine: { reader } }: Runtime,
  kind: AliasKind,
  as_of: LogPosition,
): Promise<[AliasRefusal, string] | undefined> {
  if (kind === AliasKind.Pair) return undefined;
  const rules = await reader.all(aliasRules, { first: MAX_RULES, as_of });
  if (rules.length < MAX_RULES) return undefined;
  return [
    AliasRefusal.TooMany,
    `${MAX_RULES} rules hold already, which are as many as an answer follows; withdraw one of them, or declare pairs`,
  ];
}

/** Why a pair is refused: its shards have different digests. Undefined where they have not, or that is not known. */
async function differing(
  { engine: { reader } }: Runtime,
  { kind, address, other }: Named,
  as_of: LogPosition,
): Promise<[AliasRefusal, string] | undefined> {
  const shard_ids = kind === AliasKind.Pair ? [address, other] : [];
  const [one, two] = await reader.all(shardDigests, { shard_ids, as_of });
  if (!one || !two || !digestsDiffer(one, two)) return undefined;
  return [
    AliasRefusal.DigestsDiffer,
    `${one.shard_id} was registered with ${one.algorithm} ${one.value} and ${two.shard_id} with ${two.value}: they are not the same bytes`,
  ];
}
