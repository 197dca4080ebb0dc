import { Readable } from 'node:stream';
import { Controller, Get, Head, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { INGEST_ENDPOINT, REQUEST_LIMITS, sendProblem, tooLarge } from '@tributary/capture';
import type { IngestEndpoint, Problem } from '@tributary/capture';
import { Fault, SecretScan } from '@tributary/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Content by its SHA-256: the files that imported facts refer to, and the data of long events. */
@Controller('v1/blobs')
export class BlobsController {
  readonly #endpoint: IngestEndpoint;

  constructor(@Inject(INGEST_ENDPOINT) endpoint: IngestEndpoint) {
    this.#endpoint = endpoint;
  }

  /**
   * 201 where the content is new, 200 where it was known. Content with a secret in it is refused, unless `?secrets=keep`
   * asks to keep it: everybody who may read can fetch it.
   */
  @Put(':sha256')
  async put(@Param('sha256') sha256: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    if (!isDigest(sha256)) return sendProblem(reply, noDigest(sha256));
    const { blobBytes } = this.#endpoint.limits ?? REQUEST_LIMITS;
    if (Number(request.headers['content-length'] ?? 0) > blobBytes)
      return sendProblem(reply, tooLargeBlob(blobBytes));
    const bytes = atMost(request.body instanceof Readable ? request.body : Readable.from([]), blobBytes);
    const content = keepsSecrets(request) ? bytes : withoutSecrets(bytes);
    try {
      const put = await this.#endpoint.blobs.put(content, sha256);
      return await reply.status(put.known ? 200 : 201).send({ sha256: put.sha256, bytes: put.bytes });
    } catch (error) {
      const problem = error instanceof Fault ? refusalOf(error, blobBytes) : undefined;
      if (!problem) throw error;
      return sendProblem(reply, problem);
    }
  }

  @Head(':sha256')
  head(@Param('sha256') sha256: string, @Res() reply: FastifyReply) {
    const { blobs } = this.#endpoint;
    if (blobs.has(sha256)) return reply.status(200).send();
    return reply.status(blobs.removed(sha256) === undefined ? 404 : 410).send();
  }

  /** Anybody may have stored the content, so a browser must neither run it nor guess its type. */
  @Get(':sha256')
  get(@Param('sha256') sha256: string, @Res() reply: FastifyReply) {
    const content = this.#endpoint.blobs.open(sha256);
    if (!content) {
      const reason = this.#endpoint.blobs.removed(sha256);
      if (reason !== undefined) return sendProblem(reply, removed(reason));
      const detail = `there is no content with SHA-256 ${sha256.slice(0, 64)}`;
      return sendProblem(reply, { status: 404, title: 'unknown content', detail });
    }
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', `attachment; filename="${sha256}"`)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(content);
  }
}

/** Why content was not stored; undefined where that is no fault of who sent it. */
function refusalOf({ code, message }: Fault, most: number): Problem | undefined {
  if (code === 'blob_removed') return removed(message);
  if (code === 'blob_mismatch') return { status: 422, title: 'other content', detail: message };
  if (code === 'secret_found') return { status: 422, title: 'secret found', code, detail: message };
  return code === 'blob_too_large' ? tooLargeBlob(most) : undefined;
}

const tooLargeBlob = (most: number) => ({
  ...tooLarge('blobBytes', most),
  detail: `more than ${most} bytes; nothing of the content was kept; keep the file elsewhere, or set TRIBUTARY_BLOB_BYTES of the server`,
});

const removed = (detail: string) => ({ status: 410, title: 'removed', code: 'blob_removed', detail });

const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

const noDigest = (text: string) => ({
  status: 400,
  title: 'no digest',
  detail: `${JSON.stringify(text.slice(0, 80))} is no SHA-256 in lower-case hexadecimal`,
});

const keepsSecrets = ({ query }: FastifyRequest): boolean =>
  typeof query === 'object' && query !== null && 'secrets' in query && query.secrets === 'keep';

/** Looks at the bytes as they were sent: what is compressed is not seen. Throws Fault `secret_found` at its end. */
async function* withoutSecrets(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const scan = new SecretScan();
  for await (const chunk of bytes) {
    scan.read(chunk);
    yield chunk;
  }
  if (scan.kinds.length === 0) return;
  throw new Fault(
    'secret_found',
    `the content has a secret in it (${scan.kinds.join(', ')}), so nothing of it is kept: leave the secret out, or send it with ?secrets=keep if everybody who may read may have it`,
  );
}

async function* atMost(bytes: Readable, limit: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const part of bytes) {
    const chunk: Buffer = Buffer.from(part);
    total += chunk.length;
    if (total > limit) throw new Fault('blob_too_large', `more than ${limit} bytes`);
    yield chunk;
  }
}

const STREAMED = 'application/x-tributary-blob';

/** Passes content on as a stream, whatever its media type, because it may be larger than other bodies. */
export function streamBlobs(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'PUT' && request.url.startsWith('/v1/blobs/'))
      request.raw.headers['content-type'] = STREAMED;
    done();
  });
  fastify.addContentTypeParser(STREAMED, (_request, payload, done) => done(null, payload));
}
