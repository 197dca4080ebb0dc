import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { Fault } from '@tributary/kernel';
import { nameOf } from '../log/fault-fields.ts';
import type { TracingOptions } from './open-tracing.ts';

export type ExportOptions = TracingOptions & { readonly endpoint: string };

/** The queue of spans. While it is full, new spans are dropped, so a slow receiver costs spans and no memory. */
const BATCHES = {
  maxQueueSize: 2_048,
  maxExportBatchSize: 512,
  scheduledDelayMillis: 5_000,
  exportTimeoutMillis: 5_000,
};
/** Milliseconds to send a batch, including the retries of the exporter. */
const SEND_MS = 4_000;

/** The SDK's pipeline, without global registration. All settings are given, so that no environment variable changes them. */
export function openExport(options: ExportOptions): { tracer: Tracer; close: () => Promise<void> } {
  const { service, version, headers = {}, ratio = 1 } = options;
  const url = tracesAddress(options.endpoint);
  const exporter = reporting(
    new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: SEND_MS }),
    options,
  );
  const root = ratio >= 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(ratio);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    sampler: new ParentBasedSampler({ root }),
    spanLimits: { attributeCountLimit: 64, linkCountLimit: 64, eventCountLimit: 0 },
    spanProcessors: [new BatchSpanProcessor(exporter, { ...BATCHES })],
  });
  return { tracer: provider.getTracer('tributary', version), close: () => provider.shutdown() };
}

function tracesAddress(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    const message = 'the endpoint for traces is not an HTTP URL; use one such as http://collector:4318';
    throw new Fault('configuration', message);
  }
  if (!url.pathname.endsWith('/v1/traces')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}

/** Reports failed exports, which the SDK ignores. */
function reporting(exporter: SpanExporter, { report = () => {} }: ExportOptions): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error) report(failed(spans.length, result.error));
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

function failed(spans: number, cause: Error): Fault<'trace_export_failed'> {
  const why = 'code' in cause && typeof cause.code === 'number' ? `HTTP ${cause.code}` : nameOf(cause);
  const message = `${spans} spans are lost: the receiver of traces refused them (${why}); check that it runs and that its URL is correct`;
  return new Fault('trace_export_failed', message, { cause });
}
