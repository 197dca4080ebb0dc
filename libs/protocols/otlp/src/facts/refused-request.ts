import { groupBy } from '@tributary/kernel';
import type { Attributes, Scalar } from '../decoding/attributes.ts';
import type { MeasuredPoint } from '../decoding/points.ts';
import type { Span } from '../decoding/spans.ts';

/** A span or a point with its resource. */
export type SpanOfResource = { readonly resource: Attributes; readonly span: Span };
export type PointOfResource = { readonly resource: Attributes; readonly point: MeasuredPoint };

/** A request in OTLP's JSON form that can be inspected, fixed and sent again, and the number of spans or points in it. */
export type RefusedRequest = { readonly bytes: Uint8Array; readonly count: number };

/** Requests with these spans. */
export const spanRequests = (refused: readonly SpanOfResource[]): RefusedRequest[] =>
  requestsOf(
    refused.map(({ resource, span }) => ({ resource, json: JSON.stringify(spanJson(span)) })),
    (resource, spans) => `{"resourceSpans":[{"resource":${resource},"scopeSpans":[{"spans":[${spans}]}]}]}`,
  );

/** Requests with these points. A part of a histogram becomes a gauge. */
export const pointRequests = (refused: readonly PointOfResource[]): RefusedRequest[] =>
  requestsOf(
    refused.map(({ resource, point }) => ({ resource, json: JSON.stringify(gaugeJson(point)) })),
    (resource, metrics) =>
      `{"resourceMetrics":[{"resource":${resource},"scopeMetrics":[{"metrics":[${metrics}]}]}]}`,
  );

type Item = { readonly resource: Attributes; readonly json: string };

/**
 * Items of one resource share a request until they weigh as much as the resource: with one request for each, a few bytes
 * of an item would cost a copy of any resource, and the copies would grow with the square of an export.
 */
function requestsOf(
  items: readonly Item[],
  requestWith: (resource: string, items: string) => string,
): RefusedRequest[] {
  const requests: RefusedRequest[] = [];
  for (const [resource, own] of groupBy(items, (item) => item.resource)) {
    const text = JSON.stringify(attributed(resource));
    for (const group of groupsOf(own, text.length)) {
      const bytes = Buffer.from(requestWith(text, group.map(({ json }) => json).join(',')));
      requests.push({ bytes, count: group.length });
    }
  }
  return requests;
}

/** Cuts items into groups, each of which ends with the item that brings it to so many characters. */
function* groupsOf(items: readonly Item[], characters: number): Generator<readonly Item[]> {
  let group: Item[] = [];
  let weight = 0;
  for (const item of items) {
    group.push(item);
    weight += item.json.length;
    if (weight < characters) continue;
    yield group;
    group = [];
    weight = 0;
  }
  if (group.length > 0) yield group;
}

function gaugeJson({ name, value, time, attributes }: MeasuredPoint): object {
  const dataPoint = { timeUnixNano: nanos(time), asDouble: numberJson(value), ...attributed(attributes) };
  return { name, gauge: { dataPoints: [dataPoint] } };
}

const spanJson = ({ name, start, end, failed, attributes }: Span) => ({
  name,
  startTimeUnixNano: nanos(start),
  endTimeUnixNano: nanos(end),
  ...attributed(attributes),
  ...(failed ? { status: { code: 2 } } : {}),
});

const attributed = (attributes: Attributes) => ({
  attributes: [...attributes].map(([key, value]) => ({ key, value: valueJson(value) })),
});

function valueJson(value: Scalar): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: numberJson(value) };
}

const numberJson = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

const nanos = (micros: number): string => String(BigInt(Math.trunc(micros)) * 1000n);
