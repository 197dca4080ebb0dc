import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { isJsonObject } from '@tributary/json';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../errors.ts';
import type { RequestFields } from '../requests/fields.ts';

/** The JSON object in the body of a request; empty where it has none. */
export const JsonBody = createParamDecorator((_: unknown, context: ExecutionContext): RequestFields => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (isJsonObject(body)) return body;
  if (body === undefined || body === null) return {};
  throw invalid('the body must be a JSON object');
});

/** The query string: a string or a list of strings for each name. */
export const QueryString = createParamDecorator((_: unknown, context: ExecutionContext): RequestFields => {
  const { query } = context.switchToHttp().getRequest<FastifyRequest>();
  return isJsonObject(query) ? query : {};
});

/** Bytes of the body on the wire, 0 where the client does not state them. */
export const BodyBytes = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  Number(context.switchToHttp().getRequest<FastifyRequest>().headers['content-length'] ?? 0),
);

/** The prefixes under which MLflow's clients and its web pages look for the API. */
export const PREFIXES = ['api/2.0/mlflow', 'ajax-api/2.0/mlflow'];

/** A path under each prefix. */
export const under = (path: string): string[] => PREFIXES.map((prefix) => `${prefix}/${path}`);

export const isTracker = (path: string): boolean => PREFIXES.some((prefix) => path.startsWith(`/${prefix}/`));
