import { acceptedMediaTypes } from '@tributary/capture';
import { isArtifactAddress } from '@tributary/mlflow';
import { isOtlp, OTLP_MEDIA_TYPES } from '@tributary/otlp';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasBody, pathOf, sendProblem } from './problem.ts';

const JSON_TYPE = 'application/json';

/**
 * Makes a server refuse every body that is not JSON or the own type of the protocol, before it is read. The types of HTML
 * forms and an absent type are never accepted: a page may send those to any server without asking it first.
 */
export function requireMediaTypes(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!needsMediaType(request) || isArtifact(request)) return done();
    const type = essenceOf(request);
    const mediaTypes = mediaTypesOf(pathOf(request));
    if (mediaTypes.includes(type) || (isBinaryEvent(request) && isDataType(type))) return done();
    const detail = `content-type ${type === '' ? '(none)' : JSON.stringify(type.slice(0, 100))} is not accepted here; send ${mediaTypes.join(' or ')}`;
    return sendProblem(reply, { status: 415, title: 'unknown media type', detail, mediaTypes });
  });
}

/** A page may send a POST without a body too. It cannot send the other methods that write without asking first. */
const needsMediaType = (request: FastifyRequest): boolean =>
  request.method === 'POST' || (!READS.has(request.method) && hasBody(request));

/** A file may be of any type. No page can send a PUT to another site without asking first. */
const isArtifact = ({ method, url }: FastifyRequest): boolean => method === 'PUT' && isArtifactAddress(url);

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** The media type without parameters, in lower case; empty where there is none. */
const essenceOf = ({ headers }: FastifyRequest): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const EVENTS = '/v1/events';

function mediaTypesOf(path: string): readonly string[] {
  if (path === EVENTS) return EVENT_TYPES;
  if (path.startsWith('/v1/blobs/')) return BLOB_TYPES;
  return isOtlp(path) ? OTLP_MEDIA_TYPES : JSON_TYPES;
}

/** JSON is the data of an event whose attributes are `ce-` headers. Without these the controller refuses it. */
const EVENT_TYPES = [...acceptedMediaTypes, JSON_TYPE];
const BLOB_TYPES = ['application/octet-stream', JSON_TYPE];
const JSON_TYPES = [JSON_TYPE];

/** The CloudEvents SDK of Python sends no type where the event has none. */
const isDataType = (type: string): boolean => type === '' || type.endsWith('+json');

/** A page cannot send such headers without asking first. */
const isBinaryEvent = (request: FastifyRequest): boolean =>
  pathOf(request) === EVENTS && Object.keys(request.headers).some((name) => name.startsWith('ce-'));
