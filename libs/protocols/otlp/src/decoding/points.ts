import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { attributesOfJson, readAttribute } from './attributes.ts';
import type { Attributes, Scalar } from './attributes.ts';
import { listOf, microsAt, microsOf, numberAt, recordOf, textAt } from './json.ts';
import type { Json } from './json.ts';
import { readMessage } from './message.ts';

/** A value at a time. A histogram becomes several: count, sum, and the extremes if it has them. */
export type MeasuredPoint = {
  readonly name: string;
  readonly value: number;
  /** Microseconds since 1970. */
  readonly time: number;
  readonly attributes: Attributes;
};

export type PointsOfResource = { readonly resource: Attributes; readonly points: readonly MeasuredPoint[] };

/** `ExportMetricsServiceRequest {resource_metrics = 1 {resource = 1, scope_metrics = 2 {metrics = 2}}}`. */
export function pointsOfBytes(bytes: Uint8Array): PointsOfResource[] {
  const all: PointsOfResource[] = [];
  readMessage(bytes, { 1: (reader) => all.push(readResourceMetrics(reader)) });
  return all;
}

function readResourceMetrics(reader: BinaryReader): PointsOfResource {
  const resource = new Map<string, Scalar>();
  const points: MeasuredPoint[] = [];
  readMessage(reader.bytes(), {
    1: (field) => readMessage(field.bytes(), { 1: (attribute) => readAttribute(resource, attribute) }),
    2: (field) => readMessage(field.bytes(), { 2: (metric) => readMetric(metric, points) }),
  });
  return { resource, points };
}

type Sums = { count?: number; sum?: number; min?: number; max?: number; value?: number };
type Read = { readonly sums: Sums; readonly time: number; readonly attributes: Attributes };

/** `Metric {name = 1, gauge = 5, sum = 7, histogram = 9, exponential_histogram = 10, summary = 11}`, each with its points in 1. */
function readMetric(reader: BinaryReader, into: MeasuredPoint[]): void {
  let name = '';
  const read: Read[] = [];
  const each = (one: (bytes: Uint8Array) => Read) => (field: BinaryReader) =>
    readMessage(field.bytes(), { 1: (point) => read.push(one(point.bytes())) });
  readMessage(reader.bytes(), {
    1: (field) => (name = field.string()),
    5: each(readNumber),
    7: each(readNumber),
    9: each((bytes) => readHistogram(bytes, 9)),
    10: each(readExponential),
    11: each((bytes) => readHistogram(bytes, 7)),
  });
  for (const point of read) for (const part of named(name, point)) into.push(part);
}

const named = (name: string, { sums, time, attributes }: Read): MeasuredPoint[] =>
  Object.entries(sums).map(([part, value]) => ({
    name: part === 'value' ? name : `${name}.${part}`,
    value,
    time,
    attributes,
  }));

/** `NumberDataPoint {time_unix_nano = 3, as_double = 4, as_int = 6, attributes = 7}`. */
function readNumber(bytes: Uint8Array): Read {
  const attributes = new Map<string, Scalar>();
  const sums: Sums = {};
  let time = 0;
  readMessage(bytes, {
    3: (field) => (time = microsOf(field.fixed64())),
    4: (field) => (sums.value = field.double()),
    6: (field) => (sums.value = Number(field.sfixed64())),
    7: (field) => readAttribute(attributes, field),
  });
  return { sums, time, attributes };
}

/** `HistogramDataPoint {time_unix_nano = 3, count = 4, sum = 5, attributes = 9, min = 11, max = 12}`; a summary has its attributes in 7. */
function readHistogram(bytes: Uint8Array, attributesField: 7 | 9): Read {
  const attributes = new Map<string, Scalar>();
  const sums: Sums = {};
  let time = 0;
  readMessage(bytes, {
    3: (field) => (time = microsOf(field.fixed64())),
    4: (field) => (sums.count = Number(field.fixed64())),
    5: (field) => (sums.sum = field.double()),
    [attributesField]: (field: BinaryReader) => readAttribute(attributes, field),
    11: (field) => (sums.min = field.double()),
    12: (field) => (sums.max = field.double()),
  });
  return { sums, time, attributes };
}

/** `ExponentialHistogramDataPoint {attributes = 1, time_unix_nano = 3, count = 4, sum = 5, min = 12, max = 13}`. */
function readExponential(bytes: Uint8Array): Read {
  const attributes = new Map<string, Scalar>();
  const sums: Sums = {};
  let time = 0;
  readMessage(bytes, {
    1: (field) => readAttribute(attributes, field),
    3: (field) => (time = microsOf(field.fixed64())),
    4: (field) => (sums.count = Number(field.fixed64())),
    5: (field) => (sums.sum = field.double()),
    12: (field) => (sums.min = field.double()),
    13: (field) => (sums.max = field.double()),
  });
  return { sums, time, attributes };
}

export const pointsOfJson = (body: unknown): PointsOfResource[] =>
  listOf(recordOf(body)['resourceMetrics']).map((group) => ({
    resource: attributesOfJson(recordOf(group['resource'])['attributes']),
    points: listOf(group['scopeMetrics'])
      .flatMap((scope) => listOf(scope['metrics']))
      .flatMap(metricOfJson),
  }));

const KINDS = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;

const metricOfJson = (metric: Json): MeasuredPoint[] =>
  KINDS.flatMap((kind) => listOf(recordOf(metric[kind])['dataPoints'])).flatMap((point) =>
    named(textAt(metric, 'name'), pointOfJson(point)),
  );

function pointOfJson(point: Json): Read {
  const sums: Sums = {};
  const value = numberAt(point, 'asDouble') ?? numberAt(point, 'asInt');
  if (value !== undefined) sums.value = value;
  for (const part of ['count', 'sum', 'min', 'max'] as const) {
    const number = numberAt(point, part);
    if (number !== undefined) sums[part] = number;
  }
  return { sums, time: microsAt(point, 'timeUnixNano'), attributes: attributesOfJson(point['attributes']) };
}
