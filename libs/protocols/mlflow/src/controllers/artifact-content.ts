import { Readable } from 'node:stream';
import type { Blobs } from '@tributary/blobs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { metLimit, orSet } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { invalid, MlflowFault } from '../errors.ts';
import { isArtifactAddress } from './request.ts';

/** Bytes beyond the limit and as much again that are read before a refusal: a body need not end. */
const MOST_REST = 64 * 1024 * 1024;

/** The bytes of a body that was announced and is streamed, at most `limit` of them. Throws MlflowFault for a larger one. */
export async function* contentOf(body: unknown, announced: number, limit: number): AsyncGenerator<Buffer> {
  if (body === undefined || body === null) return;
  if (!(body instanceof Readable))
    throw invalid(
      'the body was not read as a file, and nothing of it is kept; send the path of the address as this server states it, without the scheme and the host',
    );
  let total = 0;
  /* A client that is cut off while it sends takes the refusal for a lost connection, and repeats it. */
  const refuse = async (): Promise<never> => {
    let rest = 0;
    for await (const part of partsOf(body)) if ((rest += Buffer.from(part).length) > limit + MOST_REST) break;
    throw tooLarge(limit);
  };
  if (announced > limit) await refuse();
  for await (const part of partsOf(body)) {
    const chunk: Buffer = Buffer.from(part);
    total += chunk.length;
    if (total > limit) await refuse();
    yield chunk;
  }
}

/** The body goes on after a reader that stops. Throws Fault `client_left` where it ends in the middle. */
async function* partsOf(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body.iterator({ destroyOnReturn: false });
  } catch (cause) {
    throw new Fault('client_left', 'the client left before its file had ended; nothing of it is kept', {
      retryable: true,
      cause,
    });
  }
}

const tooLarge = (limit: number): MlflowFault =>
  invalid(
    `the artifact has more than ${limit} bytes, which is what this server stores of one file, and nothing of it is kept; keep it elsewhere and log its address, give the experiment an artifact_location of its own${orSet(metLimit('artifactBytes', limit))}`,
    metLimit('artifactBytes', limit),
  );

type Stored = { readonly path: string; readonly digest: string };

/**
 * Sends a file. Anybody who may write may have stored it, so a browser must neither show nor run it nor guess its type. It
 * has no announced length, so that a client notices where stored bytes turn out to be damaged at their end.
 */
export function sendArtifact(
  blobs: Pick<Blobs, 'open'>,
  reply: FastifyReply,
  { path, digest }: Stored,
): FastifyReply {
  const content = blobs.open(digest);
  if (!content)
    throw new MlflowFault(
      'RESOURCE_DOES_NOT_EXIST',
      `the content ${digest} of artifact ${JSON.stringify(path)} is not in the store; restore it from a backup, or log the file again`,
    );
  return reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', attachment(path.split('/').at(-1) ?? ''))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('etag', `"${digest}"`)
    .send(content);
}

/** A file name in Unicode (RFC 8187). */
const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`;

const STREAMED = 'application/x-tributary-artifact';

/** Passes files on as streams, whatever their media type, because they may be larger than other bodies. */
export function streamArtifacts(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'PUT' && isArtifactAddress(request.url))
      request.raw.headers['content-type'] = STREAMED;
    done();
  });
  fastify.addContentTypeParser(STREAMED, (_request, payload, done) => done(null, payload));
}
