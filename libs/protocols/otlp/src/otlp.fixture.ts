import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import type { Attributes, Scalar } from './decoding/attributes.ts';
import type { MeasuredPoint } from './decoding/points.ts';
import type { Span } from './decoding/spans.ts';

/** A protobuf message of fields: bytes for a nested message, text, or a number as a double. */
export function message(...fields: (readonly [number, Uint8Array | string | number])[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.tag(number, WireType.Bit64).double(value);
    else if (typeof value === 'string') writer.tag(number, WireType.LengthDelimited).string(value);
    else writer.tag(number, WireType.LengthDelimited).bytes(value);
  }
  return writer.finish();
}

/** A repeated field of nested messages. */
export function repeated(number: number, messages: Iterable<Uint8Array>): Uint8Array {
  const writer = new BinaryWriter();
  for (const bytes of messages) writer.tag(number, WireType.LengthDelimited).bytes(bytes);
  return writer.finish();
}

export const int = (number: number, value: number): Uint8Array =>
  new BinaryWriter().tag(number, WireType.Varint).int64(value).finish();

export const fixed = (number: number, value: bigint): Uint8Array =>
  new BinaryWriter().tag(number, WireType.Bit64).fixed64(value).finish();

export const join = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

export const attribute = (key: string, value: Uint8Array): Uint8Array => message([1, key], [2, value]);

function scalar(value: Scalar): Uint8Array {
  if (typeof value === 'string') return message([1, value]);
  if (typeof value === 'boolean') return int(2, Number(value));
  return Number.isSafeInteger(value) ? int(3, value) : message([4, value]);
}

/** Attributes as the repeated field `number`. */
export const attributesMessage = (number: number, attributes: Attributes): Uint8Array =>
  repeated(
    number,
    [...attributes].map(([key, value]) => attribute(key, scalar(value))),
  );

/** Microseconds as the field `number` in nanoseconds. */
export const nanos = (number: number, micros: number): Uint8Array => fixed(number, BigInt(micros) * 1000n);

const spanMessage = ({ name, start, end, failed, attributes }: Span): Uint8Array =>
  join(
    message([5, name]),
    nanos(7, start),
    nanos(8, end),
    attributesMessage(9, attributes),
    message([15, int(3, failed ? 2 : 1)]),
  );

/** A request with the spans of one process. */
export const tracesMessage = (resource: Attributes, spans: readonly Span[]): Uint8Array =>
  message([1, message([1, attributesMessage(1, resource)], [2, repeated(2, spans.map(spanMessage))])]);

/** A request with metrics of one process. */
export const metricsMessage = (resource: Attributes, metrics: readonly MetricPoints[]): Uint8Array => {
  const messages = metrics.map(({ name, kind, points }) => message([1, name], [kind, repeated(1, points)]));
  return message([1, message([1, attributesMessage(1, resource)], [2, repeated(2, messages)])]);
};

type MetricPoints = {
  readonly name: string;
  /** The field of the kind, such as 5 for a gauge. */
  readonly kind: number;
  readonly points: readonly Uint8Array[];
};

/** A number point of a gauge or a sum. */
export const gaugePoint = ({ value, time, attributes }: Omit<MeasuredPoint, 'name'>): Uint8Array =>
  join(nanos(3, time), message([4, value]), attributesMessage(7, attributes));

/** A span of the run `r` as it is after decoding. */
export const spanOf = (name: string, attributes: Record<string, Scalar>, more: Partial<Span> = {}): Span => ({
  name,
  start: 0,
  end: 0,
  failed: false,
  attributes: new Map(Object.entries(attributes)),
  ...more,
});

/** The event of a fact, parsed. */
export const factOf = ({ bytes }: { readonly bytes: Uint8Array }) =>
  JSON.parse(Buffer.from(bytes).toString('utf8'));

/** Well-formed text of any script. */
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });

/** A double. OTLP's JSON form writes -0 as the integer 0, so there is none. */
const anyNumber = fc.double().map((value) => (value === 0 ? 0 : value));

const anyScalar: fc.Arbitrary<Scalar> = fc
  .oneof(anyText, fc.boolean(), fc.maxSafeInteger(), anyNumber)
  .map((value) => (Object.is(value, -0) ? 0 : value));

export const anyAttributes: fc.Arbitrary<Attributes> = fc
  .uniqueArray(fc.tuple(anyText, anyScalar), { selector: ([key]) => key, maxLength: 5 })
  .map((entries) => new Map(entries));

/** Whole microseconds that a double holds exactly. */
const anyTime = fc.nat({ max: Number.MAX_SAFE_INTEGER });

export const anySpan: fc.Arbitrary<Span> = fc.record({
  name: anyText,
  start: anyTime,
  end: anyTime,
  failed: fc.boolean(),
  attributes: anyAttributes,
});

export const anyPoint: fc.Arbitrary<MeasuredPoint> = fc.record({
  name: anyText,
  value: anyNumber,
  time: anyTime,
  attributes: anyAttributes,
});
