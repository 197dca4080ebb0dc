import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fault } from '@tributary/kernel';
import { placeFromText, textOfPlace } from './traceparent.ts';
import type { Span, Tracing } from './tracing.ts';

export type TracingOptions = {
  readonly service: string;
  readonly version: string;
  /** Address of an OTLP/HTTP receiver, such as `http://collector:4318`; `/v1/traces` is added where it is missing. Absent: no spans, no network. */
  readonly endpoint: string | undefined;
  /** For the receiver, for instance to authenticate. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Share of new traces that are kept, 0 to 1. Traces that began elsewhere keep the choice made there. */
  readonly ratio?: number;
  /** Told of every batch of spans that could not be sent. */
  readonly report?: (fault: Fault<'trace_export_failed'>) => void;
};

/** Throws Fault `configuration` for an endpoint that is no HTTP address. */
export async function openTracing(options: TracingOptions): Promise<Tracing> {
  const { endpoint, ...others } = options;
  if (endpoint === undefined) return withoutSpans();
  // The SDK takes a tenth of a second to load, and most processes never need it.
  const { exportingTracing } = await import('./exporting-tracing.ts');
  return exportingTracing({ ...others, endpoint });
}

/** Hands traces on as they came. */
function withoutSpans(): Tracing {
  const running = new AsyncLocalStorage<string>();
  return {
    on: false,
    async span(_name, { parent }, work) {
      const place = placeFromText(parent);
      const traceparent = place ? textOfPlace(place) : running.getStore();
      const span: Span = { traceparent, set: () => {} };
      return traceparent === undefined ? work(span) : running.run(traceparent, () => work(span));
    },
    traceparent: () => running.getStore(),
    close: async () => true,
  };
}
