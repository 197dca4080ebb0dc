import { connectionSignal } from '@tributary/capture';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { isJsonObject } from '@tributary/json';
import { underSignal } from '@tributary/kernel';
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

/**
 * Runs a creation of which the server chooses the id, and ends it before anything is stored once its client has closed its
 * connection: a client that waited in vain asks again, and would get one more with each attempt.
 */
export const untilClientLeaves = <Result>(work: () => Promise<Result>): Promise<Result> =>
  underSignal(connectionSignal(), work);

/** Bytes of the body on the wire, 0 where the client does not state them. */
export const BodyBytes = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  Number(context.switchToHttp().getRequest<FastifyRequest>().headers['content-length'] ?? 0),
);

/** The prefixes under which MLflow's clients and its web pages look for the API. */
export const PREFIXES = ['api/2.0/mlflow', 'ajax-api/2.0/mlflow'];

/** A path under each prefix. */
export const under = (path: string): string[] => PREFIXES.map((prefix) => `${prefix}/${path}`);

/** The prefixes of the files of runs and models. */
export const ARTIFACT_PREFIXES = ['api/2.0/mlflow-artifacts', 'ajax-api/2.0/mlflow-artifacts'];

/** The prefixes of later versions of the API, of which nothing is served. */
export const LATER_PREFIXES = ['api/3.0/mlflow', 'ajax-api/3.0/mlflow'];

const FOLDERS = [...PREFIXES, ...ARTIFACT_PREFIXES, ...LATER_PREFIXES].map((prefix) => `/${prefix}/`);

/** Whether a path is one of MLflow's clients, to which errors are sent in their form. */
export const isTracker = (path: string): boolean =>
  path === '/get-artifact' ||
  FOLDERS.some((folder) => path.startsWith(folder)) ||
  ARTIFACT_PREFIXES.some((prefix) => path === `/${prefix}/artifacts`);

const CONTENTS = ARTIFACT_PREFIXES.map((prefix) => `/${prefix}/artifacts/`);

/**
 * Whether a route, by its method and its pattern, answers a question from the tables. Contents of files are none, which may
 * take as long as their client.
 */
export const isTrackerQuestion = (method: string, route: string): boolean =>
  isTracker(route) &&
  !route.endsWith('*') &&
  !route.endsWith('/get-artifact') &&
  (method === 'GET' || (method === 'POST' && SEARCHES.test(route)));

/** Questions that clients send with a body. */
const SEARCHES = /\/(?:search|search-datasets|get-latest-versions)$/;

/** Whether an address is that of one file, whose body is a file of any media type. */
export const isArtifactAddress = (url: string): boolean =>
  CONTENTS.some((content) => url.startsWith(content));
