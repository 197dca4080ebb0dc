import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { attributesOfJson, readAttribute } from './attributes.ts';
import type { Attributes, Scalar } from './attributes.ts';
import { listOf, microsAt, microsOf, recordOf, textAt } from './json.ts';
import { readMessage } from './message.ts';

export type Span = {
  readonly name: string;
  /** Microseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
  readonly attributes: Attributes;
};

/** The spans of one process. */
export type SpansOfResource = { readonly resource: Attributes; readonly spans: readonly Span[] };

const ERROR = 2;

/** `ExportTraceServiceRequest {resource_spans = 1 {resource = 1, scope_spans = 2 {spans = 2}}}`. */
export function spansOfBytes(bytes: Uint8Array): SpansOfResource[] {
  const all: SpansOfResource[] = [];
  readMessage(bytes, { 1: (reader) => all.push(readResourceSpans(reader)) });
  return all;
}

function readResourceSpans(reader: BinaryReader): SpansOfResource {
  const resource = new Map<string, Scalar>();
  const spans: Span[] = [];
  readMessage(reader.bytes(), {
    1: (field) => readMessage(field.bytes(), { 1: (attribute) => readAttribute(resource, attribute) }),
    2: (field) => readMessage(field.bytes(), { 2: (span) => spans.push(readSpan(span)) }),
  });
  return { resource, spans };
}

/** `Span {name = 5, start_time_unix_nano = 7, end_time_unix_nano = 8, attributes = 9, status = 15 {code = 3}}`. */
function readSpan(reader: BinaryReader): Span {
  const attributes = new Map<string, Scalar>();
  let name = '';
  let [start, end] = [0, 0];
  let failed = false;
  readMessage(reader.bytes(), {
    5: (field) => (name = field.string()),
    7: (field) => (start = microsOf(field.fixed64())),
    8: (field) => (end = microsOf(field.fixed64())),
    9: (field) => readAttribute(attributes, field),
    15: (field) => readMessage(field.bytes(), { 3: (code) => (failed = code.int32() === ERROR) }),
  });
  return { name, start, end, failed, attributes };
}

export const spansOfJson = (body: unknown): SpansOfResource[] =>
  listOf(recordOf(body)['resourceSpans']).map((group) => ({
    resource: attributesOfJson(recordOf(group['resource'])['attributes']),
    spans: listOf(group['scopeSpans'])
      .flatMap((scope) => listOf(scope['spans']))
      .map((span) => ({
        name: textAt(span, 'name'),
        start: microsAt(span, 'startTimeUnixNano'),
        end: microsAt(span, 'endTimeUnixNano'),
        failed: [ERROR, 'STATUS_CODE_ERROR'].some((code) => code === recordOf(span['status'])['code']),
        attributes: attributesOfJson(span['attributes']),
      })),
  }));
