import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Link, Span as OpenSpan, SpanContext, Tracer } from '@opentelemetry/api';
import { Fault } from '@tributary/kernel';
import { nameOf } from '../log/fault-fields.ts';
import { shownScalar } from '../log/fields.ts';
import { openExport } from './open-export.ts';
import type { ExportOptions } from './open-export.ts';
import { parseTraceparent, formatTraceparent } from './traceparent.ts';
import type { TraceContext } from './traceparent.ts';
import type { Span, SpanAttributes, SpanOptions, Tracing } from './tracing.ts';

const MAX_LINKS = 64;
const DEADLINE_MS = 5_000;

/** Tracing that exports spans to a receiver. */
export function exportingTracing(options: ExportOptions): Tracing {
  const { tracer, close } = openExport(options);
  const running = new AsyncLocalStorage<OpenSpan>();
  return {
    on: true,
    async span(name, spanOptions, work) {
      const opened = startSpan(tracer, name, spanOptions, running.getStore());
      try {
        return await running.run(opened, () => work(handleOf(opened)));
      } catch (error) {
        fail(opened, error);
        throw error;
      } finally {
        opened.end();
      }
    },
    traceparent() {
      const opened = running.getStore();
      return opened && traceparentOf(opened);
    },
    close: (deadline = DEADLINE_MS) => within(deadline, close()),
  };
}

function startSpan(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  around: OpenSpan | undefined,
): OpenSpan {
  const kind = SpanKind[KINDS[options.kind ?? 'internal']];
  const attributes = shownAttributes(options.attributes ?? {});
  const links = linksTo(options.links ?? []);
  return tracer.startSpan(name, { kind, attributes, links }, contextOf(options.parent, around));
}

const KINDS = {
  internal: 'INTERNAL',
  server: 'SERVER',
  client: 'CLIENT',
  producer: 'PRODUCER',
  consumer: 'CONSUMER',
} as const;

function contextOf(parent: string | undefined, around: OpenSpan | undefined): Context {
  const context = parseTraceparent(parent);
  if (context) return trace.setSpanContext(ROOT_CONTEXT, remote(context));
  return around ? trace.setSpan(ROOT_CONTEXT, around) : ROOT_CONTEXT;
}

function remote({ traceId, spanId, sampled }: TraceContext): SpanContext {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function linksTo(traceparents: Iterable<string | undefined>): Link[] {
  const links = new Map<string, Link>();
  for (const text of traceparents) {
    const context = parseTraceparent(text);
    if (context) links.set(formatTraceparent(context), { context: remote(context) });
    if (links.size === MAX_LINKS) break;
  }
  return [...links.values()];
}

function handleOf(opened: OpenSpan): Span {
  return {
    traceparent: traceparentOf(opened),
    set: (attributes) => void opened.setAttributes(shownAttributes(attributes)),
  };
}

function traceparentOf(opened: OpenSpan): string {
  const { traceId, spanId, traceFlags } = opened.spanContext();
  return formatTraceparent({ traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 });
}

/** Records the code only, because messages may quote data. */
function fail(opened: OpenSpan, error: unknown): void {
  const code = error instanceof Fault ? error.code : nameOf(error);
  opened.setStatus({ code: SpanStatusCode.ERROR, message: code }).setAttribute('error.type', code);
}

/** Whether all spans were sent before the deadline. */
function within(deadline: number, sent: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), deadline);
    void sent
      .then(
        () => true,
        () => false,
      )
      .then((all) => {
        clearTimeout(timer);
        resolve(all);
      });
  });
}

/** Attributes that may leave the process: short and masked. */
function shownAttributes(attributes: SpanAttributes): Record<string, string | number | boolean> {
  const shown = Object.entries(attributes).flatMap(([name, value]) => {
    const scalar = shownScalar(name, value);
    return scalar === null ? [] : [[name, scalar] as const];
  });
  return Object.fromEntries(shown);
}
