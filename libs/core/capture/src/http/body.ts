import type { IncomingHttpHeaders } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { BodyLimits } from './content-limits.ts';
import { metLimit, orSet } from './limit-keys.ts';
import { REQUEST_LIMITS } from './limits.ts';
import type { Problem } from './problem.ts';

export type Body =
  { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly problem: Problem };

/** The memory that a server has set aside for the body of one request. */
export type BodyBudget = {
  /** Reserves more bytes; false where the server has none left. */
  grow(bytes: number): boolean;
  /** Bytes that it holds of this request. */
  readonly held: number;
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
  detail: `the server holds as much as it may at once (${value} ${limit === 'requests' ? 'requests' : 'bytes of bodies'}); nothing of this one was stored; send it again in ${RETRY_AFTER} s, or set ${metLimit(limit, value).key} of the server`,
  ...metLimit(limit, value),
  retryAfter: RETRY_AFTER,
});

/** The refusal of a request that would not fit either if the server held nothing else, so that no retry can succeed. */
export const neverFits = (value: number): Problem => ({
  status: 413,
  title: 'body too large',
  detail: `the body alone, with what it inflates to, has more than the ${value} bytes that the server holds of all requests; nothing of it was stored; send smaller batches, or set TRIBUTARY_BYTES_IN_FLIGHT of the server`,
  maxBytes: value,
  ...metLimit('bytesInFlight', value),
});

/** The refusal of a request whose next bytes do not fit: for now, or for good. */
export function noRoomFor(raw: object, bytes: number): Problem {
  const { held = 0, most = 0 } = budgets.get(raw) ?? {};
  return held + bytes > most ? neverFits(most) : tooBusy('bytesInFlight', most);
}

type RawRequest = { readonly raw: object; readonly headers: IncomingHttpHeaders; readonly body: unknown };

/** The decompressed body. Only gzip is supported, because other codings inflate without a useful bound. */
export async function readBody(
  { raw, headers, body }: RawRequest,
  limits: BodyLimits = REQUEST_LIMITS,
): Promise<Body> {
  const wire = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const coding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding === 'identity') return { ok: true, body: wire };
  if (coding === 'gzip') return inflated(wire, raw, inflationLimit(wire.length, limits.bodyBytes, limits));
  return refuse(
    415,
    'unknown content coding',
    `content-encoding ${coding} is not read; send gzip or nothing`,
  );
}

/** Counts each chunk before the next one is inflated, so that a small request cannot exhaust the memory. */
async function inflated(wire: Buffer, raw: object, most: InflationLimit): Promise<Body> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    gunzip.end(wire);
    for await (const chunk of gunzip) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > most.bytes) return { ok: false, problem: most.problem };
      if (!growBody(raw, chunk.length)) {
        const left = Math.max(chunk.length, trailedSize(wire) - bytes + chunk.length);
        const isTooMuch = bytes - chunk.length + left > most.bytes;
        return { ok: false, problem: isTooMuch ? most.problem : noRoomFor(raw, left) };
      }
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

/** Bytes to which gzip says at its end that its last member inflates (RFC 1952, ISIZE): what is refused is not inflated to know. */
const trailedSize = (gzip: Buffer): number => (gzip.length < 4 ? 0 : gzip.readUInt32LE(gzip.length - 4));

/** Bytes to which a body may inflate, and the refusal of more. */
export type InflationLimit = { readonly bytes: number; readonly problem: Problem };

/** The ratio or the size (`bodyBytes`, or that of a protocol), whichever a body of gzip meets first. */
export function inflationLimit(
  wireBytes: number,
  bodyBytes: number,
  { inflationRatio }: Pick<BodyLimits, 'inflationRatio'>,
  limit: 'bodyBytes' | 'lineageBodyBytes' = 'bodyBytes',
): InflationLimit {
  const byRatio = Math.floor(inflationRatio * wireBytes);
  if (byRatio >= bodyBytes)
    return { bytes: bodyBytes, problem: tooLarge(limit, bodyBytes, 'after inflating') };
  return {
    bytes: byRatio,
    problem: {
      status: 413,
      title: 'body inflates too much',
      detail: `the ${wireBytes} bytes of gzip inflate to more than ${inflationRatio} times as many, and nothing of them was stored; send the body without gzip${orSet(metLimit('inflationRatio', inflationRatio))}`,
      ...metLimit('inflationRatio', inflationRatio),
    },
  };
}

type SizeLimit = Exclude<keyof BodyLimits, 'inflationRatio'>;

/** The refusal of a body with more bytes than a limit. */
export const tooLarge = (limit: SizeLimit, value: number, what = 'on the wire'): Problem => ({
  status: 413,
  title: 'body too large',
  detail: `more than ${value} bytes ${what}; send smaller batches${orSet(metLimit(limit, value))}`,
  maxBytes: value,
  ...metLimit(limit, value),
});

/** The refusal of a request with more events than a limit. */
export const tooManyEvents = (value: number): Problem => ({
  status: 413,
  title: 'too many events',
  detail: `a request holds at most ${value} events; send smaller batches${orSet(metLimit('batchEvents', value))}`,
  maxEvents: value,
  ...metLimit('batchEvents', value),
});

const refuse = (status: number, title: string, detail: string): Body => ({
  ok: false,
  problem: { status, title, detail },
});
