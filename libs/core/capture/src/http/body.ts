import type { IncomingHttpHeaders } from 'node:http';
import { createGunzip } from 'node:zlib';
import { LIMIT_KEYS } from './limit-keys.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import type { Problem } from './problem.ts';

export type Body =
  { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly problem: Problem };

/** The memory that a server has set aside for the body of one request. */
export type BodyBudget = {
  /** Reserves more bytes; false where the server has none left. */
  grow(bytes: number): boolean;
  /** Bytes that the server holds of all requests. */
  readonly most: number;
};

const budgets = new WeakMap<object, BodyBudget>();

/** Gives a request a budget. `raw` is Node's own request. */
export const setBodyBudget = (raw: object, budget: BodyBudget): void => void budgets.set(raw, budget);

/** Whether the server can hold so many more bytes for a request. A request without a budget is not limited. */
export const growBody = (raw: object, bytes: number): boolean => budgets.get(raw)?.grow(bytes) ?? true;

/** Seconds after which a client may retry what was refused with 429. */
const RETRY_AFTER = 1;

/** The refusal of a request that the server cannot hold beside the others. */
export const tooBusy = (limit: 'bytesInFlight' | 'requests', value: number): Problem => ({
  status: 429,
  title: 'too much at once',
  code: 'too_busy',
  detail: `the server holds as many requests as it can; nothing of this one was stored; send it again in ${RETRY_AFTER} s, or set TRIBUTARY_BYTES_IN_FLIGHT or TRIBUTARY_REQUESTS of the server`,
  limit,
  value,
  key: LIMIT_KEYS[limit],
  retryAfter: RETRY_AFTER,
});

/** The same for a request whose bytes do not fit. */
export const noRoomFor = (raw: object): Problem => tooBusy('bytesInFlight', budgets.get(raw)?.most ?? 0);

type RawRequest = { readonly raw: object; readonly headers: IncomingHttpHeaders; readonly body: unknown };

/** The decompressed body. Only gzip is supported, because other codings inflate without a useful bound. */
export async function readBody({ raw, headers, body }: RawRequest): Promise<Body> {
  const wire = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const coding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding === 'identity') return { ok: true, body: wire };
  if (coding === 'gzip') return inflated(wire, raw);
  return refuse(
    415,
    'unknown content coding',
    `content-encoding ${coding} is not read; send gzip or nothing`,
  );
}

/** Counts each chunk before the next one is inflated, so that a small request cannot exhaust the memory. */
async function inflated(wire: Buffer, raw: object): Promise<Body> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    gunzip.end(wire);
    for await (const chunk of gunzip) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return tooLarge;
      if (!growBody(raw, chunk.length)) return { ok: false, problem: noRoomFor(raw) };
      chunks.push(chunk);
    }
  } catch (error) {
    return refuse(400, 'broken gzip', `the body is not what content-encoding gzip says: ${String(error)}`);
  }
  /* Node ends at a zero byte after a member, and would leave what follows unread and unsaid. */
  if (gunzip.bytesWritten < wire.length)
    return refuse(
      400,
      'bytes after gzip',
      `the gzip of the body ends at byte ${gunzip.bytesWritten} of ${wire.length}, and nothing of it was stored; send gzip without padding (several members may follow each other)`,
    );
  return { ok: true, body: Buffer.concat(chunks, bytes) };
}

const tooLarge: Body = {
  ok: false,
  problem: {
    status: 413,
    title: 'body too large',
    detail: `more than ${MAX_BODY_BYTES} bytes after inflating; send smaller batches`,
    maxBytes: MAX_BODY_BYTES,
    limit: 'bodyBytes',
    value: MAX_BODY_BYTES,
  },
};

const refuse = (status: number, title: string, detail: string): Body => ({
  ok: false,
  problem: { status, title, detail },
});
