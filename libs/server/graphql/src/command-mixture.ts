import { randomUUID } from 'node:crypto';
import { resolveData } from '@tributary/blobs';
import { streamOf } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { Fault, rfc3339, systemClock } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { decide, emptyMixture, evolve } from '@tributary/mixture';
import type { MixtureCommand, MixtureFact, MixtureOutcome, MixtureRefusal } from '@tributary/mixture';
import type { Runtime } from './runtime.ts';

export type CommandOutcome =
  | { readonly ok: true; readonly position: Position }
  | { readonly ok: false; readonly refusal: MixtureRefusal };

/** Source of the facts of commands. */
const SOURCE = 'urn:tributary:console';

/**
 * Folds the stream of the mixture, decides, and appends the decided facts. Throws Fault `not_recorded` where the log
 * refuses them.
 */
export async function commandMixture(
  { log, blobs }: Pick<Runtime, 'log' | 'blobs'>,
  command: MixtureCommand,
): Promise<CommandOutcome> {
  const stream = await log.readStream(streamOf('mixture.plan.decided', { mixtureId: command.mixtureId }));
  const facts = await Promise.all(stream.map((event) => resolveData(jsonOf(event), blobs)));
  const mixture = facts.filter(isMixtureFact).reduce(evolve, emptyMixture);
  const decision = decide(mixture, command);
  if (!decision.ok) return decision;
  const appended = await log.append(decision.events.map(eventOf), { atomic: true });
  const receipt = appended.ok ? appended.receipts[0] : undefined;
  if (!receipt?.position)
    throw new Fault(
      'not_recorded',
      `the log refused a fact of mixture ${command.mixtureId} with a new id; try again`,
    );
  return { ok: true, position: receipt.position };
}

const jsonOf = ({ bytes }: RecordedEvent): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

const isMixtureFact = (fact: unknown): fact is MixtureFact =>
  typeof fact === 'object' &&
  fact !== null &&
  'type' in fact &&
  String(fact.type).startsWith('mixture.plan.');

function eventOf({ type, data }: MixtureOutcome) {
  const id = randomUUID();
  const event = { specversion: '1.0', id, source: SOURCE, type, time: rfc3339(systemClock()), data };
  return {
    source: SOURCE,
    id,
    type,
    stream: streamOf(type, { ...data }),
    bytes: Buffer.from(canonicalJson(event)),
    parsed: event,
  };
}
