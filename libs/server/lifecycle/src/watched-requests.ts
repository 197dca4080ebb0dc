import { AsyncLocalStorage } from 'node:async_hooks';
import type { Appended } from '@tributary/event-log';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Telemetry } from './run-process.ts';

const PROTOCOLS = ['cloudevents', 'openlineage', 'otlp', 'mlflow', 'other'] as const;
type Protocol = (typeof PROTOCOLS)[number];

export type WatchedRequests = {
  /** Runs every request inside a span, where spans go anywhere, and knows its protocol. */
  hook(fastify: FastifyInstance): void;
  /** Counts what the request under way has appended. */
  readonly appended: (appended: Appended, millis: number) => void;
  /** Counts what the request under way had refused. */
  refused(codes: readonly string[]): void;
};

/** What a process that takes facts tells of its requests. */
export function watchRequests({ metrics, tracing }: Telemetry): WatchedRequests {
  const intake = metrics.intake(PROTOCOLS);
  const underWay = new AsyncLocalStorage<Protocol>();
  const protocol = (): Protocol => underWay.getStore() ?? 'other';
  return {
    hook(fastify) {
      fastify.addHook('onRequest', (request, reply, done) => {
        const goOn = (): void => underWay.run(protocolOf(request), done);
        if (!tracing.on || request.method === 'GET') return goOn();
        const closed = new Promise<void>((resolve) => reply.raw.once('close', resolve));
        const options = {
          kind: 'server',
          parent: parentOf(request),
          attributes: { route: routeOf(request) },
        } as const;
        void tracing.span(`${request.method} ${routeOf(request)}`, options, async (span) => {
          goOn();
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

/** The pattern, never the path: a path may hold names of people's runs. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? 'unknown';

function protocolOf(request: FastifyRequest): Protocol {
  const route = routeOf(request);
  if (route === '/v1/events') return 'cloudevents';
  if (route.startsWith('/api/v1/lineage')) return 'openlineage';
  if (route.includes('/mlflow/')) return 'mlflow';
  return ['/v1/traces', '/v1/metrics', '/v1/logs'].includes(route) ? 'otlp' : 'other';
}
