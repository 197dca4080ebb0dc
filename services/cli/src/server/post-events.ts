import { Fault, retry, sleep } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { EXIT, Exit } from '../exit.ts';
import { credentialHeader } from './credential.ts';
import { jsonOf, reasonOf } from './graphql.ts';
import { requireSameServer } from './same-server.ts';

/** Why one event of a batch was refused; `index` is its index in the batch. */
export type RefusedEvent = {
  readonly index: number;
  readonly pointer?: string;
  readonly message?: string;
  readonly value?: string;
  /** The position of the event that has the id with other content. */
  readonly position?: string;
};

/** Where the log has an event, and since when. */
export type EventReceipt = { readonly position: Position; readonly recordTime: string };

export type Posted =
  | {
      readonly ok: true;
      readonly stored: number;
      readonly duplicates: number;
      readonly storedByType: Readonly<Record<string, number>>;
      /** One for each event of the batch, in order. */
      readonly receipts: readonly EventReceipt[];
    }
  | { readonly ok: false; readonly detail: string; readonly errors: readonly RefusedEvent[] };

const TRIES = 20;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/**
 * Posts an atomic batch. A busy server is retried, because ids make the batch idempotent; before each attempt it is compared
 * with the directory by which it was found.
 */
export async function postEvents(
  url: string,
  lines: readonly string[],
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<Posted> {
  const post = async (): Promise<Posted> => {
    await requireSameServer(url);
    const response = await send(url, `${lines.join('\n')}\n`);
    const text = await response.text();
    if (response.ok) return accepted(url, text);
    if (response.status !== 429 && response.status !== 503) return refused(url, response.status, text);
    throw new ServerBusy(response.headers.get('retry-after'));
  };
  const posting = retry(post, {
    firstDelay: FIRST_WAIT_MS,
    maxDelay: LONGEST_WAIT_MS,
    attempts: TRIES,
    delayAfter: (error, delay) => (error instanceof ServerBusy && error.requestedDelay) || delay,
    sleep: wait,
  });
  return posting.catch((error: unknown) => {
    if (!(error instanceof ServerBusy)) throw error;
    throw new Exit(
      EXIT.failed,
      `${url} was busy in ${TRIES} attempts. Run the same import again later; it continues.`,
    );
  });
}

class ServerBusy extends Fault {
  /** Milliseconds that the server requested; 0 where it did not. */
  readonly requestedDelay: number;

  constructor(retryAfter: string | null) {
    super('server_busy', 'the server is busy', { retryable: true });
    const seconds = Number(retryAfter ?? NaN);
    this.requestedDelay = seconds > 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : 0;
  }
}

async function send(url: string, body: string): Promise<Response> {
  return fetch(`${url}/v1/events?atomic=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', accept: 'application/json', ...credentialHeader(url) },
    body,
  }).catch((error: unknown) => {
    throw new Exit(
      EXIT.failed,
      `no answer from ${url}: ${reasonOf(error)}. Run the same import again; it continues.`,
    );
  });
}

type Receipt = {
  stored?: number;
  duplicates?: number;
  storedByType?: Record<string, number>;
  receipts?: EventReceipt[];
};

function accepted(url: string, text: string): Posted {
  const receipt: Receipt | undefined = jsonOf(text);
  if (typeof receipt?.stored !== 'number' || typeof receipt.duplicates !== 'number') {
    throw new Exit(EXIT.failed, `${url} accepted events without saying how many. Is it a Tributary server?`);
  }
  return {
    ok: true,
    stored: receipt.stored,
    duplicates: receipt.duplicates,
    storedByType: receipt.storedByType ?? {},
    receipts: receipt.receipts ?? [],
  };
}

type Problem = { title?: string; detail?: string; errors?: RefusedEvent[] };

function refused(url: string, status: number, text: string): Posted {
  const problem: Problem | undefined = jsonOf(text);
  const detail = problem?.detail ?? problem?.title ?? text.slice(0, 200);
  if (status === 409 || status === 422 || problem?.errors)
    return { ok: false, detail, errors: problem?.errors ?? [] };
  throw new Exit(EXIT.failed, `${url} answered ${status}: ${detail}`);
}
