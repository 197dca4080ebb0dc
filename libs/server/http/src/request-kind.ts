import type { FastifyRequest } from 'fastify';
import { requiredOf } from './access/required-scopes.ts';

export type RequestKind = 'write' | 'question';

/** Whether a request writes or asks; undefined for what every caller may have at any rate: health and limits. */
export function kindOf({ method, routeOptions: { url } }: FastifyRequest): RequestKind | undefined {
  const required = requiredOf(method, url);
  if (required === 'nothing' || url === '/metrics' || url === '/v1/limits') return undefined;
  if (typeof required === 'string' || required === undefined) return 'question';
  return required.includes('read') ? 'question' : 'write';
}
