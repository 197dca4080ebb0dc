import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fault } from '@tributary/kernel';
import { parseTraceparent, formatTraceparent } from './traceparent.ts';
import type { Span, Tracing } from './tracing.ts';

export type TracingOptions = {
  readonly service: string;
  readonly version: string;
  /** URL of an OTLP/HTTP receiver, such as `http://collector:4318`; a missing `/v1/traces` is added. Without it there are no spans. */
  readonly endpoint: string | undefined;
  /** HTTP headers for the receiver, for example for authentication. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The share of new traces that are sampled, 0 to 1. For traces that began elsewhere their own decision applies. */
  readonly ratio?: number;
  /** Called for every batch of spans that could not be sent. */
  readonly report?: (fault: Fault<'trace_export_failed'>) => void;
};

/** Opens tracing. Throws Fault `configuration` if the endpoint is not an HTTP URL. */
export async function openTracing(options: TracingOptions): Promise<Tracing> {
  const { endpoint, ...others } = options;
  if (endpoint === undefined) return withoutSpans();
  // The SDK takes a tenth of a second to load, and most processes never need it.
  const { exportingTracing } = await import('./exporting-tracing.ts');
  return exportingTracing({ ...others, endpoint });
}

/** Tracing without spans; it passes traceparents on. */
function withoutSpans(): Tracing {
  const running = new AsyncLocalStorage<string>();
  return {
    on: false,
    async span(_name, { parent }, work) {
      const context = parseTraceparent(parent);
      const traceparent = context ? formatTraceparent(context) : running.getStore();
      const span: Span = { traceparent, set: () => {} };
      return traceparent === undefined ? work(span) : running.run(traceparent, () => work(span));
    },
    traceparent: () => running.getStore(),
    close: async () => true,
  };
}
