import { randomUUID } from 'node:crypto';
import { resolveData } from '@tributary/blobs';
import { appendFacts, madeEvent } from '@tributary/capture';
import { checkFact, streamOf } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { Fault, rfc3339, systemClock } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { decide, emptyMixture, evolve } from '@tributary/mixture';
import type {
  Mixture,
  MixtureCommand,
  MixtureFact,
  MixtureOutcome,
  MixtureRefusal,
} from '@tributary/mixture';
import type { Runtime } from './runtime.ts';

/** A command as it is asked for: what supersedes the successor is read from the log. */
export type AskedCommand =
  | Exclude<MixtureCommand, { type: 'supersede' }>
  | Omit<Extract<MixtureCommand, { type: 'supersede' }>, 'successors'>;

export type CommandOutcome =
  | {
      readonly ok: true;
      readonly position: Position;
      /** Whether the command recorded the fact; false where the mixture has the same plan already. */
      readonly isNew: boolean;
    }
  | { readonly ok: false; readonly refusal: MixtureRefusal | 'invalid'; readonly text: string };

type Store = Pick<Runtime, 'log' | 'blobs'> & {
  /** Which of some events of the log do not count: those that were corrected, and those of withdrawn imports. */
  readonly uncounted: (positions: readonly Position[]) => Promise<ReadonlySet<Position>>;
};

/** Source of the facts of commands. */
const SOURCE = 'urn:tributary:console';

/**
 * Folds the stream of the mixture, decides, and appends the decided fact. Refuses what breaks its schema. Throws Fault
 * `not_recorded` where the log refuses it.
 */
export async function commandMixture(store: Store, asked: AskedCommand): Promise<CommandOutcome> {
  const mixtureId = asked.type === 'decide' ? asked.plan.mixtureId : asked.mixtureId;
  const { mixture, decidedAt } = await foldedMixture(store, mixtureId);
  const decision = decide(mixture, await withSuccessors(store, asked));
  if (!decision.ok) {
    const { refusal } = decision;
    return { ok: false, refusal, text: refusalText(refusal, { mixtureId, mixture, decidedAt }) };
  }
  const [fact] = decision.events;
  if (!fact) return { ok: true, position: decidedAt, isNew: false };
  const violation = checkFact(fact.type, fact.data);
  if (violation) {
    const text = `${violation.pointer.replace('/data/', '')} ${violation.message}`;
    return { ok: false, refusal: 'invalid', text };
  }
  return { ok: true, position: await appended(store, mixtureId, fact), isNew: true };
}

async function appended(store: Store, mixtureId: string, fact: MixtureOutcome): Promise<Position> {
  const event = madeEvent(SOURCE, [randomUUID()], { ...fact, time: rfc3339(systemClock()) });
  const stored = await appendFacts(store, [event], { atomic: true });
  const receipt = stored.ok ? stored.receipts[0] : undefined;
  if (receipt?.position) return receipt.position;
  throw new Fault('not_recorded', `the log refused a fact of mixture ${mixtureId} with a new id; try again`);
}

type Folded = {
  readonly mixture: Mixture;
  /** Position of its newest decision. */
  readonly decidedAt: Position;
};

async function foldedMixture({ log, blobs, uncounted }: Store, mixtureId: string): Promise<Folded> {
  const stream = await log.readStream(streamOf('mixture.plan.decided', { mixtureId }));
  let folded: Folded = { mixture: emptyMixture, decidedAt: log.head() };
  const without = stream.length === 0 ? NONE : await uncounted(stream.map(({ position }) => position));
  for (const event of stream) {
    if (without.has(event.position)) continue;
    const fact = await resolveData(jsonOf(event), blobs);
    if (!isMixtureFact(fact)) continue;
    const isDecision = fact.type === 'mixture.plan.decided';
    folded = {
      mixture: evolve(folded.mixture, fact),
      decidedAt: isDecision ? event.position : folded.decidedAt,
    };
  }
  return folded;
}

const NONE: ReadonlySet<Position> = new Set();

/** The command with the mixtures that supersede the successor, in turn. */
async function withSuccessors(store: Store, asked: AskedCommand): Promise<MixtureCommand> {
  if (asked.type !== 'supersede') return asked;
  const successors = new Set<string>();
  for (let next: string | undefined = asked.supersededBy; next !== undefined && !successors.has(next);) {
    successors.add(next);
    next = (await foldedMixture(store, next)).mixture.supersededBy;
  }
  return { ...asked, successors: [...successors].slice(1) };
}

const jsonOf = ({ bytes }: RecordedEvent): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

const isMixtureFact = (fact: unknown): fact is MixtureFact =>
  typeof fact === 'object' &&
  fact !== null &&
  'type' in fact &&
  String(fact.type).startsWith('mixture.plan.');

function refusalText(
  refusal: MixtureRefusal,
  { mixtureId, mixture, decidedAt }: Folded & { readonly mixtureId: string },
): string {
  switch (refusal) {
    case 'unknown_mixture':
      return `no plan of mixture ${mixtureId} is recorded; decide it first`;
    case 'already_decided':
      return `mixture ${mixtureId} has another plan, which ${mixture.plan?.decidedBy} decided at position ${decidedAt}; replace it, which ends its approval, or decide this one under another id`;
    case 'already_approved':
      return `the plan of mixture ${mixtureId} is approved by ${mixture.approvedBy} already`;
    case 'approver_is_decider':
      return `${mixture.plan?.decidedBy} decided mixture ${mixtureId}; somebody else approves it`;
    case 'already_superseded':
      return `mixture ${mixtureId} is superseded by ${mixture.supersededBy} already`;
    case 'superseded_by_itself':
      return `mixture ${mixtureId} cannot supersede itself`;
    case 'superseded_in_a_cycle':
      return `mixture ${mixtureId} supersedes, in turn, the mixture that is to supersede it`;
  }
}
