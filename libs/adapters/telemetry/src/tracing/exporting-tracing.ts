import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Link, Span as OpenSpan, SpanContext, Tracer } from '@opentelemetry/api';
import { Fault } from '@tributary/kernel';
import { nameOf } from '../log/fault-fields.ts';
import { openExport } from './open-export.ts';
import type { ExportOptions } from './open-export.ts';
import { shownAttributes } from './shown-attributes.ts';
import { placeFromText, textOfPlace } from './traceparent.ts';
import type { TracePlace } from './traceparent.ts';
import type { Span, SpanOptions, Tracing } from './tracing.ts';

const MOST_LINKS = 64;
const DEADLINE_MS = 5_000;

/** Spans that go to a receiver. */
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
  const place = placeFromText(parent);
  if (place) return trace.setSpanContext(ROOT_CONTEXT, remote(place));
  return around ? trace.setSpan(ROOT_CONTEXT, around) : ROOT_CONTEXT;
}

function remote({ traceId, spanId, sampled }: TracePlace): SpanContext {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function linksTo(traceparents: Iterable<string | undefined>): Link[] {
  const places = new Map<string, Link>();
  for (const text of traceparents) {
    const place = placeFromText(text);
    if (place) places.set(textOfPlace(place), { context: remote(place) });
    if (places.size === MOST_LINKS) break;
  }
  return [...places.values()];
}

function handleOf(opened: OpenSpan): Span {
  return {
    traceparent: traceparentOf(opened),
    set: (attributes) => void opened.setAttributes(shownAttributes(attributes)),
  };
}

function traceparentOf(opened: OpenSpan): string {
  const { traceId, spanId, traceFlags } = opened.spanContext();
  return textOfPlace({ traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 });
}

/** The code alone: messages may quote what they stumbled over. */
function fail(opened: OpenSpan, error: unknown): void {
  const code = error instanceof Fault ? error.code : nameOf(error);
  opened.setStatus({ code: SpanStatusCode.ERROR, message: code }).setAttribute('error.type', code);
}

/** Whether all was sent before the deadline. */
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
