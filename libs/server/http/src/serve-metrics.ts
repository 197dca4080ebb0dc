import type { RequestLimits } from '@tributary/capture';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Address } from './address.ts';
import { boundAddress } from './bound-address.ts';
import { answerMillis, limitAnswerTime } from './answer-time.ts';
import { guardBrowser } from './browser-guard.ts';
import type { Health } from './health.controller.ts';
import { guardHost } from './host-guard.ts';
import { sendProblem } from './problem.ts';
import { sendSecurityHeaders } from './security-headers.ts';

export type MetricsServer = { readonly url: string; close(): Promise<void> };

const METRICS = '/metrics';

/** Serves the metrics alone, on a port of their own, to whoever reaches it: networks decide who that is. */
export async function serveMetrics(
  address: Address & { readonly port: number },
  {
    metrics,
    limits,
  }: {
    readonly metrics: NonNullable<Health['metrics']>;
    readonly limits: Pick<RequestLimits, 'requestTimeout'>;
  },
): Promise<MetricsServer> {
  const server = fastify();
  limitAnswerTime(server.server, { millis: answerMillis(limits) });
  sendSecurityHeaders(server);
  guardHost(server, address);
  guardBrowser(server, address);
  server.get(METRICS, async (_request, reply) => {
    const { type, text } = await metrics();
    return reply.header('content-type', type).send(text);
  });
  const { host, port } = address;
  return { url: await server.listen({ host: await boundAddress(host), port }), close: () => server.close() };
}

/** Answers on the port of the service that the metrics are elsewhere. */
export function withoutMetrics(server: Pick<FastifyInstance, 'addHook'>, metricsPort: number): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url !== METRICS) return done();
    const detail = `the metrics are on a port of their own (METRICS_PORT=${metricsPort})`;
    return sendProblem(reply, { status: 404, title: 'no metrics', detail });
  });
}
