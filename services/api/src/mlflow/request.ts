import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { invalid, isBody } from '@tributary/capture';
import type { Body } from '@tributary/capture';
import type { FastifyRequest } from 'fastify';

/** The JSON object that was posted. */
export const Sent = createParamDecorator((_: unknown, context: ExecutionContext): Body => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (isBody(body)) return body;
  if (body === undefined || body === null) return {};
  throw invalid('the body must be a JSON object');
});

/** The query, a text or a list of texts a name. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Body => {
  const { query } = context.switchToHttp().getRequest<FastifyRequest>();
  return isBody(query) ? query : {};
});

/** Bytes of the body on the wire, 0 where nobody said. */
export const SentBytes = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  Number(context.switchToHttp().getRequest<FastifyRequest>().headers['content-length'] ?? 0),
);
