import { AsyncLocalStorage } from 'node:async_hooks';
import type { Appended } from '@tributary/event-log';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Telemetry } from './run-process.ts';

const PROTOCOLS = ['cloudevents', 'openlineage', 'otlp', 'mlflow', 'other'] as const;
type Protocol = (typeof PROTOCOLS)[number];

export type WatchedRequests = {
  /** Runs every request inside a span, if spans are exported, and remembers its protocol. */
  hook(fastify: FastifyInstance): void;
  /** Counts what the current request has appended. */
  readonly appended: (appended: Appended, millis: number) => void;
  /** Counts what was refused of the current request. */
  refused(codes: readonly string[]): void;
};

/** Measures the requests of a process that accepts facts. */
export function watchRequests({ metrics, tracing }: Pick<Telemetry, 'metrics' | 'tracing'>): WatchedRequests {
  const intake = metrics.intake(PROTOCOLS);
  const current = new AsyncLocalStorage<Protocol>();
  const protocol = (): Protocol => current.getStore() ?? 'other';
  return {
    hook(fastify) {
      fastify.addHook('onRequest', (request, reply, done) => {
        const proceed = (): void => current.run(protocolOf(request), done);
        if (!tracing.on || request.method === 'GET') return proceed();
        const closed = new Promise<void>((resolve) => reply.raw.once('close', resolve));
        const options = {
          kind: 'server',
          parent: parentOf(request),
          attributes: { route: routeOf(request) },
        } as const;
        void tracing.span(`${request.method} ${routeOf(request)}`, options, async (span) => {
          proceed();
          await closed;
          span.set({ status: reply.statusCode });
        });
        return undefined;
      });
    },
    appended(appended, millis) {
      intake.appended(millis / 1000);
      if (appended.ok) intake.accepted(protocol(), appended.stored);
      else intake.refused(protocol(), 'id_conflict', appended.conflicts.length);
    },
    refused(codes) {
      for (const code of codes) intake.refused(protocol(), code, 1);
    },
  };
}

const parentOf = ({ headers }: FastifyRequest): string | undefined => {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
};

/** The route pattern. A path is never exported, because it may contain names of runs. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? 'unknown';

function protocolOf(request: FastifyRequest): Protocol {
  const route = routeOf(request);
  if (route === '/v1/events') return 'cloudevents';
  if (route.startsWith('/api/v1/lineage')) return 'openlineage';
  if (route.includes('/mlflow/')) return 'mlflow';
  return ['/v1/traces', '/v1/metrics', '/v1/logs'].includes(route) ? 'otlp' : 'other';
}
