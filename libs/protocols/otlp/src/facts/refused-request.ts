import type { Attributes, Scalar } from '../decoding/attributes.ts';
import type { MeasuredPoint } from '../decoding/points.ts';
import type { Span } from '../decoding/spans.ts';

/** A span or a point with its resource. */
export type SpanOfResource = { readonly resource: Attributes; readonly span: Span };
export type PointOfResource = { readonly resource: Attributes; readonly point: MeasuredPoint };

/** A request with this one span in OTLP's JSON form, so that it can be inspected, fixed and sent again. */
export const spanRequest = ({ resource, span }: SpanOfResource): Buffer =>
  jsonBytes({
    resourceSpans: [{ resource: attributed(resource), scopeSpans: [{ spans: [spanJson(span)] }] }],
  });

/** A request with this one point. A part of a histogram becomes a gauge. */
export function pointRequest({ resource, point }: PointOfResource): Buffer {
  const { name, value, time, attributes } = point;
  const dataPoint = { timeUnixNano: nanos(time), asDouble: numberJson(value), ...attributed(attributes) };
  const metrics = [{ name, gauge: { dataPoints: [dataPoint] } }];
  return jsonBytes({ resourceMetrics: [{ resource: attributed(resource), scopeMetrics: [{ metrics }] }] });
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

const jsonBytes = (request: object): Buffer => Buffer.from(JSON.stringify(request));
