import { isUtf8 } from 'node:buffer';
import { CONTENT_LIMITS, metLimit, orSet, uuidOf, WIDEST_LIMITS } from '@tributary/capture';
import type { EventLimits } from '@tributary/capture';
import { validateOpenLineage, madeSchemaOf, streamOf } from '@tributary/contracts';
import type { OpenLineageHead, OpenLineageRefusal } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalDigest, canonicalJson, excessOf, lazyJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';

const TYPE = 'lineage.run.observed';

/** The `source` of every fact that is derived from an OpenLineage event. */
export const OPENLINEAGE_SOURCE = 'urn:tributary:openlineage';

/** What is recorded of an event beside its text. A retry has the same id. */
export type Observation = {
  readonly id: string;
  readonly head: OpenLineageHead;
};

export type Observed =
  | { readonly ok: true; readonly observation: Observation }
  | {
      readonly ok: false;
      readonly refusal: OpenLineageRefusal;
      readonly met?: MetLimit;
      /** The id of an event that exceeds a limit of this process: another one may have accepted it. */
      readonly id?: string | undefined;
    };

/**
 * Reads the text of one event. Refuses as a value what is no valid event or exceeds a limit, and never throws for its
 * content.
 */
export function observe(raw: Buffer, limits: EventLimits = CONTENT_LIMITS): Observed {
  if (!isUtf8(raw)) return refuse('is not UTF-8');
  const excess = excessIn(raw, limits);
  if (excess && excessIn(raw, WIDEST_LIMITS)) return beyond(excess, limits);
  const read = readEvent(raw);
  return excess && read.ok ? { ...beyond(excess, limits), id: read.observation.id } : read;
}

function excessIn(raw: Buffer, limits: EventLimits): 'eventDepth' | 'eventKeys' | undefined {
  const excess = excessOf(raw, { depth: limits.eventDepth, keys: limits.eventKeys });
  return excess && (excess === 'depth' ? 'eventDepth' : 'eventKeys');
}

function readEvent(raw: Buffer): Observed {
  try {
    const event = lazyJson(raw);
    const judgement = validateOpenLineage(event);
    if (!judgement.ok) return judgement;
    const { head } = judgement;
    return { ok: true, observation: { id: idOf(head, Object(event)), head } };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Fault)
      return refuse(`is no JSON event: ${error.message}`);
    throw error;
  }
}

function beyond(limit: 'eventDepth' | 'eventKeys', { [limit]: value }: EventLimits) {
  const what =
    limit === 'eventDepth'
      ? `is nested deeper than ${value} levels`
      : `has an object with more than ${value} members`;
  const met = metLimit(limit, value);
  return { ...refuse(`${what}; send it flatter or in parts${orSet(met)}`), met };
}

const refuse = (message: string) => ({
  ok: false as const,
  refusal: { pointer: '', message: message.slice(0, 300) },
});

/**
 * UUID version 8 (RFC 9562, section 5.8) of the event's subject, state, time and canonical content: an event that is
 * sent again is the same fact, whatever the order of its keys.
 */
function idOf({ subject, eventType, eventTime }: OpenLineageHead, event: object): string {
  return uuidOf(canonicalJson([subject, eventType ?? '', eventTime, canonicalDigest(event)]));
}

/**
 * The fact's data with the event's own text inside, because an unknown facet may contain numbers that no float holds, and
 * because canonical form would need several copies of a large event.
 */
export function dataParts({ head }: Observation, raw: Buffer): readonly Buffer[] {
  const { time: _time, ...rest } = head;
  return [Buffer.from('{"event":'), raw, Buffer.from(`,${canonicalJson(rest).slice(1)}`)];
}

/** The CloudEvent. `data` is the text of its member `data`, or of the members that refer to a blob. */
export function newEventOf({ id, head }: Observation, data: readonly Buffer[]): NewEvent {
  const attributes = canonicalJson({
    datacontenttype: 'application/json',
    dataschema: madeSchemaOf(TYPE),
    id,
    source: OPENLINEAGE_SOURCE,
    specversion: '1.0',
    time: head.time,
    type: TYPE,
  });
  const bytes = Buffer.concat([Buffer.from('{'), ...data, Buffer.from(`,${attributes.slice(1)}`)]);
  return { source: OPENLINEAGE_SOURCE, id, type: TYPE, stream: streamOf(TYPE, head), bytes };
}
