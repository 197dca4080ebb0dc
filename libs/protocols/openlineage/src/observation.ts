import { isUtf8 } from 'node:buffer';
import { uuidOf } from '@tributary/capture';
import { validateOpenLineage, schemaOf, streamOf } from '@tributary/contracts';
import type { OpenLineageHead, OpenLineageRefusal } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalDigest, canonicalJson, lazyJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';

const TYPE = 'lineage.run.observed';

/** The producer of every fact made from an OpenLineage request; the event names its own. */
export const OPENLINEAGE_SOURCE = 'urn:tributary:openlineage';

/** An event as it came, with the identity that a retry of it has too. */
export type Observation = {
  readonly id: string;
  readonly head: OpenLineageHead;
  readonly raw: Buffer;
};

export type Observed =
  | { readonly ok: true; readonly observation: Observation }
  | { readonly ok: false; readonly refusal: OpenLineageRefusal };

/** Reads the text of one event. Throws nothing for what it may hold. */
export function observe(raw: Buffer): Observed {
  if (!isUtf8(raw)) return refuse('the bytes are not UTF-8');
  try {
    const event = lazyJson(raw);
    const judgement = validateOpenLineage(event);
    if (!judgement.ok) return judgement;
    const { head } = judgement;
    return { ok: true, observation: { id: idOf(head, Object(event)), head, raw } };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Fault)
      return refuse(`no JSON event: ${error.message}`);
    throw error;
  }
}

const refuse = (message: string): Observed => ({
  ok: false,
  refusal: { pointer: '', message: message.slice(0, 300) },
});

/**
 * UUID version 8 (RFC 9562, section 5.8) over what the event speaks of, its state, its time and its content in
 * canonical form: a client that sends an event again, whatever the order of its keys, sends the same fact.
 */
function idOf({ subject, eventType, eventTime }: OpenLineageHead, event: object): string {
  return uuidOf(canonicalJson([subject, eventType ?? '', eventTime, canonicalDigest(event)]));
}

/**
 * The fact's data around the event's own text: an unknown facet may hold numbers that no float holds, and canonical
 * form would cost a large event several copies of itself.
 */
export function dataParts({ head, raw }: Observation): readonly Buffer[] {
  const { time: _time, ...rest } = head;
  return [Buffer.from('{"event":'), raw, Buffer.from(`,${canonicalJson(rest).slice(1)}`)];
}

/** The CloudEvent. `held` is its data as a member, or the members of a claim on the blob that holds it. */
export function newEventOf({ id, head }: Observation, held: readonly Buffer[]): NewEvent {
  const attributes = canonicalJson({
    datacontenttype: 'application/json',
    dataschema: schemaOf(TYPE),
    id,
    source: OPENLINEAGE_SOURCE,
    specversion: '1.0',
    time: head.time,
    type: TYPE,
  });
  const bytes = Buffer.concat([Buffer.from('{'), ...held, Buffer.from(`,${attributes.slice(1)}`)]);
  return { source: OPENLINEAGE_SOURCE, id, type: TYPE, stream: streamOf(TYPE, head), bytes };
}
