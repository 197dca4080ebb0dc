/** The trace context of a span (W3C Trace Context). */
export type TraceContext = { readonly traceId: string; readonly spanId: string; readonly sampled: boolean };

const FORM = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

/** Parses a traceparent (https://www.w3.org/TR/trace-context/#traceparent-header). Undefined if it is invalid, which counts as absent. */
export function parseTraceparent(text: string | undefined): TraceContext | undefined {
  const [, version, traceId, spanId, flags, more] = FORM.exec(text?.trim() ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Version 00 ends here; later versions may have more fields.
  if (version === '00' && more !== undefined) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

type Header = readonly [name: string, value: Uint8Array];

/** In order of preference. The second one is the attribute of a CloudEvent in binary mode. */
const NAMES = ['traceparent', 'ce_traceparent'];
/** A traceparent has 55 characters; later versions may have more. */
const MAX_BYTES = 256;

/** The record headers for a traceparent; empty if it is missing or invalid. */
export function recordHeadersOf(traceparent: string | undefined): readonly Header[] {
  const context = parseTraceparent(traceparent);
  return context ? [['traceparent', Buffer.from(formatTraceparent(context))]] : [];
}

/** The first valid traceparent in the headers of a record. */
export function traceparentOfHeaders(headers: readonly Header[]): string | undefined {
  for (const name of NAMES) {
    for (const [other, value] of headers) {
      if (other !== name || value.length > MAX_BYTES) continue;
      const context = parseTraceparent(Buffer.from(value).toString('latin1'));
      if (context) return formatTraceparent(context);
    }
  }
  return undefined;
}
