import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Body } from '@tributary/capture';
import { Fault, largeBuffer } from '@tributary/kernel';
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

/** Longer bodies are counted by their chunks, and handled one after the other. */
const LARGE_BYTES = 1024 * 1024;

/**
 * The body of such a request while it arrives. Nobody waits for it: a client that sends slowly, or nothing, keeps only the
 * bytes that it has sent.
 */
export class ArrivingBody {
  readonly #coding: string;
  readonly #announced: number;
  readonly #limit: number;
  readonly #chunks: AsyncIterator<unknown> | undefined;
  #read: Buffer[] = [];
  /** Of the announced size, to avoid a second copy. Made when a client has shown that it sends. */
  #whole: Buffer | undefined;
  #bytes = 0;

  constructor({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>) {
    this.#coding = (headers['content-encoding'] ?? 'identity').toLowerCase();
    this.#announced = Number(headers['content-length'] ?? NaN);
    this.#limit = this.#coding === 'gzip' ? MAX_GZIP_BYTES : MAX_EVENT_BYTES;
    this.#chunks = body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : undefined;
  }

  /** Whether handling it may take much memory: it is long, or inflates to nobody knows what. */
  get isLarge(): boolean {
    return this.#bytes > LARGE_BYTES || this.#coding === 'gzip';
  }

  /**
   * Reads on as long as `fits` takes the bytes of each chunk. False where it did not, and reading may go on. Fault
   * `client_left` where no more will come.
   */
  async readWhile(fits: (bytes: number) => boolean): Promise<boolean> {
    while (!this.#isRefused) {
      const chunk = await this.#chunks?.next().catch(abandoned);
      if (!chunk || chunk.done === true) return true;
      if (!Buffer.isBuffer(chunk.value)) continue;
      this.#keep(chunk.value);
      if (!fits(chunk.value.length)) return false;
    }
    return true;
  }

  /** The decompressed body, once all of it has been read. */
  async decoded(): Promise<Body> {
    if (!this.#isKnownCoding)
      return refuse(
        415,
        'unknown content coding',
        `content-encoding ${this.#coding} is not read; send gzip or nothing`,
      );
    const isGzip = this.#coding === 'gzip';
    if (this.#isRefused) return tooLarge(this.#limit, isGzip ? 'of gzip' : 'as a whole');
    const wire = this.#whole?.subarray(0, this.#bytes) ?? Buffer.concat(this.#read, this.#bytes);
    this.#read = [];
    return isGzip ? inflated(wire) : { ok: true, body: wire };
  }

  get #isKnownCoding(): boolean {
    return this.#coding === 'identity' || this.#coding === 'gzip';
  }

  /** Whether nothing more of it is read. */
  get #isRefused(): boolean {
    return !this.#isKnownCoding || this.#announced > this.#limit || this.#bytes > this.#limit;
  }

  #keep(chunk: Buffer): void {
    const at = this.#bytes;
    this.#bytes += chunk.length;
    if (this.#isRefused) return;
    if (!this.#whole && this.#bytes > LARGE_BYTES && Number.isSafeInteger(this.#announced)) {
      this.#whole = largeBuffer(this.#announced);
      Buffer.concat(this.#read, at).copy(this.#whole);
      this.#read = [];
    }
    if (this.#whole) chunk.copy(this.#whole, at);
    else this.#read.push(chunk);
  }
}

function abandoned(): never {
  throw new Fault('client_left', 'the client closed its connection before its body had arrived');
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
    limit: what === 'after inflating' ? 'bodyBytes' : 'wireBytes',
    value: limit,
  },
});
