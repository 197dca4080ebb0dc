import { createHash } from 'node:crypto';
import { checkFact, isTelemetry, schemaOf, streamOf } from '@tributary/contracts';
import type { FactCatalogue, FactType } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';

export type MadeFact<Type extends FactType = FactType> = {
  readonly [T in Type]: {
    readonly type: T;
    readonly data: FactCatalogue[T];
    readonly time?: string | undefined;
  };
}[Type];

/**
 * A fact that this process makes from another protocol's request, as the log takes it. `identity` is all that names it:
 * equal parts under one source are one event. Throws `fact_invalid` for what breaks its schema.
 */
export function madeEvent(source: string, identity: readonly unknown[], fact: MadeFact): NewEvent {
  const violation = checkFact(fact.type, fact.data);
  if (violation) throw new Fault('fact_invalid', `${fact.type} ${violation.pointer} ${violation.message}`);
  const id = uuidOf(canonicalJson(identity));
  const { type, data, time } = fact;
  const event = {
    specversion: '1.0',
    id,
    source,
    type,
    ...(time === undefined ? {} : { time }),
    datacontenttype: 'application/json',
    dataschema: schemaOf(type),
    data,
  };
  const text = isTelemetry(type) ? JSON.stringify(event) : canonicalJson(event);
  return { source, id, type, stream: streamOf(type, { ...data }), bytes: Buffer.from(text), parsed: event };
}

/** UUID version 8 (RFC 9562, section 5.8) over SHA-256. */
export function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
