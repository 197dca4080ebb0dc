import { createGunzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { growBy, tooBusy } from './intake.ts';
import type { Problem } from './problem.ts';
import { MAX_BODY_BYTES } from './sizes.ts';

export type Body =
  { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly problem: Problem };

/** The body as it was before compression. Only gzip is read: other codings inflate without a useful bound. */
export async function readBody(request: FastifyRequest): Promise<Body> {
  const wire = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const coding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding === 'identity') return { ok: true, body: wire };
  if (coding === 'gzip') return inflated(wire, (bytes) => growBy(request, bytes));
  return refuse(
    415,
    'unknown content coding',
    `content-encoding ${coding} is not read; send gzip or nothing`,
  );
}

/** Piece by piece: what a body inflates to is counted before it is there as a whole. */
async function inflated(wire: Buffer, hasRoom: (bytes: number) => boolean): Promise<Body> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    gunzip.end(wire);
    for await (const piece of gunzip) {
      if (!Buffer.isBuffer(piece)) continue;
      bytes += piece.length;
      if (bytes > MAX_BODY_BYTES) return tooLarge;
      if (!hasRoom(piece.length)) return { ok: false, problem: tooBusy };
      pieces.push(piece);
    }
    return { ok: true, body: Buffer.concat(pieces, bytes) };
  } catch (error) {
    return refuse(400, 'broken gzip', `the body is not what content-encoding gzip says: ${String(error)}`);
  }
}

const tooLarge: Body = {
  ok: false,
  problem: {
    status: 413,
    title: 'body too large',
    detail: `more than ${MAX_BODY_BYTES} bytes after inflating; send smaller batches`,
    maxBytes: MAX_BODY_BYTES,
  },
};

const refuse = (status: number, title: string, detail: string): Body => ({
  ok: false,
  problem: { status, title, detail },
});
