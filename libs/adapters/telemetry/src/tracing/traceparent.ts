/** A place in a trace, as W3C Trace Context names it. */
export type TracePlace = { readonly traceId: string; readonly spanId: string; readonly sampled: boolean };

const FORM = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

/** Undefined where a text is no traceparent, which then counts as absent: https://www.w3.org/TR/trace-context/#traceparent-header */
export function placeFromText(text: string | undefined): TracePlace | undefined {
  const [, version, traceId, spanId, flags, more] = FORM.exec(text?.trim() ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Version 00 ends here; later ones may say more.
  if (version === '00' && more !== undefined) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

export function textOfPlace({ traceId, spanId, sampled }: TracePlace): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}
