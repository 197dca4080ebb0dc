import { createHash } from 'node:crypto';
import { checkFact, isTelemetry, madeSchemaOf, streamOf } from '@tributary/contracts';
import type { FactCatalogue, FactType } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';

export type MadeFact<Type extends FactType = FactType> = {
  readonly [T in Type]: {
    readonly type: T;
    readonly data: FactCatalogue[T];
    readonly time?: string | undefined;
    /** Id of the request that states it, where equal facts of two requests are not the same: one of the two conflicts. */
    readonly request?: string | undefined;
  };
}[Type];

/**
 * The event for a fact that is derived from a request of another protocol. Its id is a hash of `identity`: facts of one
 * source with an equal identity are the same event. Throws Fault `fact_invalid` for data that breaks its schema, and
 * `not_canonical` for data without canonical form.
 */
export function madeEvent(source: string, identity: readonly unknown[], fact: MadeFact): NewEvent {
  const violation = checkFact(fact.type, fact.data);
  if (violation) throw new Fault('fact_invalid', `${fact.type} ${violation.pointer} ${violation.message}`);
  const id = uuidOf(canonicalJson(identity));
  const { type, data, time, request } = fact;
  const event = {
    specversion: '1.0',
    id,
    source,
    type,
    ...(time === undefined ? {} : { time }),
    ...(request === undefined ? {} : { requestid: request }),
    datacontenttype: 'application/json',
    dataschema: madeSchemaOf(type),
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

type NonfiniteName = 'nan' | '+inf' | '-inf';

/** What a fact calls a value that JSON does not have; undefined for one that it has. */
function nonfiniteName(value: number): NonfiniteName | undefined {
  if (Number.isFinite(value)) return undefined;
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? '+inf' : '-inf';
}

/** The values of a column that JSON does not have, by index. */
export const nonfiniteIn = (
  column: readonly (number | undefined)[],
): { index: number; value: NonfiniteName }[] =>
  column.flatMap((value, index) => {
    const name = value === undefined ? undefined : nonfiniteName(value);
    return name ? [{ index, value: name }] : [];
  });

/** A column with null for each value that JSON does not have. */
export const finiteOnly = (column: readonly (number | undefined)[]): (number | null)[] =>
  column.map((value) => (value !== undefined && Number.isFinite(value) ? value : null));
