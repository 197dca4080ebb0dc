import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Problem } from './problem.ts';

/** Bytes of a request on the wire, and after inflating. */
export const MAX_WIRE_BYTES = 4 * 1024 * 1024;
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

const inflate = promisify(gunzip);

export type Body =
  { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly problem: Problem };

/** The body as it was before compression. Only gzip is read: other codings inflate without a useful bound. */
export async function readBody(wire: Buffer, encoding: string | undefined): Promise<Body> {
  const coding = (encoding ?? 'identity').toLowerCase();
  if (coding === 'identity') return { ok: true, body: wire };
  if (coding !== 'gzip') {
    return refuse(
      415,
      'unknown content coding',
      `content-encoding ${coding} is not read; send gzip or nothing`,
    );
  }
  try {
    return { ok: true, body: await inflate(wire, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    if (error instanceof RangeError) {
      return refuse(
        413,
        'body too large',
        `more than ${MAX_BODY_BYTES} bytes after inflating; send smaller batches`,
      );
    }
    return refuse(400, 'broken gzip', `the body is not what content-encoding gzip says: ${String(error)}`);
  }
}

const refuse = (status: number, title: string, detail: string): Body => ({
  ok: false,
  problem: { status, title, detail },
});
