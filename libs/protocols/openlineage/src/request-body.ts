import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Body } from '@tributary/capture';
import { largeBuffer } from '@tributary/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Largest OpenLineage request in bytes, compressed and decompressed. Real events reach 23 MB. */
const MAX_GZIP_BYTES = 10 * 1024 * 1024;
const MAX_EVENT_BYTES = 32 * 1024 * 1024;

const PATHS = ['/api/v1/lineage', '/api/v1/lineage/batch'];

const STREAMED = 'application/vnd.tributary.streamed';

const inflate = promisify(gunzip);

/** Passes the bodies of OpenLineage requests on as streams, because they may be larger than those of other routes. */
export function streamOpenLineage(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (PATHS.includes(request.url.split('?')[0] ?? '')) request.raw.headers['content-type'] = STREAMED;
    done();
  });
  fastify.addContentTypeParser(STREAMED, (_request, payload, done) => done(null, payload));
}

/** The decompressed body of such a request. Reading stops where it is too large. */
export async function readOpenLineage({ body, headers }: FastifyRequest): Promise<Body> {
  const coding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding !== 'identity' && coding !== 'gzip')
    return refuse(
      415,
      'unknown content coding',
      `content-encoding ${coding} is not read; send gzip or nothing`,
    );
  const limit = coding === 'gzip' ? MAX_GZIP_BYTES : MAX_EVENT_BYTES;
  const announced = Number(headers['content-length'] ?? NaN);
  const wire = announced > limit ? undefined : await readAll(body, limit, announced);
  if (!wire) return tooLarge(limit, coding === 'gzip' ? 'of gzip' : 'as a whole');
  return coding === 'gzip' ? inflated(wire) : { ok: true, body: wire };
}

/** Reads into one buffer of the announced size, to avoid a second copy. Undefined beyond the limit. */
async function readAll(body: unknown, limit: number, announced: number): Promise<Buffer | undefined> {
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const known = Number.isSafeInteger(announced) ? largeBuffer(announced) : undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    if (bytes + chunk.length > limit) return undefined;
    if (known) chunk.copy(known, bytes);
    else chunks.push(chunk);
    bytes += chunk.length;
  }
  return known ? known.subarray(0, bytes) : Buffer.concat(chunks, bytes);
}

async function inflated(wire: Buffer): Promise<Body> {
  try {
    return { ok: true, body: await inflate(wire, { maxOutputLength: MAX_EVENT_BYTES }) };
  } catch (error) {
    if (error instanceof RangeError) return tooLarge(MAX_EVENT_BYTES, 'after inflating');
    return refuse(400, 'broken gzip', `the body is not what content-encoding gzip says: ${String(error)}`);
  }
}

const refuse = (status: number, title: string, detail: string): Body => ({
  ok: false,
  problem: { status, title, detail },
});

const tooLarge = (limit: number, what: string): Body => ({
  ok: false,
  problem: {
    status: 413,
    title: 'body too large',
    detail: `more than ${limit} bytes ${what}; send smaller events or batches`,
    maxBytes: limit,
  },
});
