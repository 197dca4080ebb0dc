import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { LimitRow } from './limits.fixture.ts';

/** A refusal, whatever it was sent through. */
export type Refusal = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
};

const post = async (url: string, path: string, body: string, type: string): Promise<Refusal> => {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), text: await response.text() };
};

const written = (url: string): Promise<Refusal> => post(url, '/v1/events', '\n\n', 'application/x-ndjson');
const asked = (url: string, query = '{ __typename }'): Promise<Refusal> =>
  post(url, '/graphql', JSON.stringify({ query }), 'application/json');

/** The first refusal with this status of requests that follow each other; of no more than a burst and one. */
async function firstRefused(status: number, send: () => Promise<Refusal>): Promise<Refusal> {
  for (let sent = 0; sent <= 10; sent += 1) {
    const answer = await send();
    if (answer.status === status) return answer;
  }
  throw new Error(`no request was refused with ${status}`);
}

/** Announces a body of so many bytes, and sends one of them. */
async function stalled(url: string, bytes: number): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    `POST /v1/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-ndjson\r\ncontent-length: ${bytes}\r\n\r\n\n`,
  );
  return socket;
}

/** What is refused while another client keeps so many bytes: sent until that one has been admitted. */
async function besides(url: string, bytes: number): Promise<Refusal> {
  const other = await stalled(url, bytes);
  try {
    for (;;) {
      const answer = await written(url);
      if (answer.status === 429) return answer;
    }
  } finally {
    other.destroy();
  }
}

/** The answer to a body that never comes whole. */
async function overdue(url: string): Promise<Refusal> {
  const socket = await stalled(url, 9);
  let answer = '';
  socket.on('data', (bytes) => (answer += String(bytes)));
  await new Promise((resolve) => socket.once('close', resolve));
  const retryAfter = /\r\nretry-after: (\d+)/.exec(answer)?.[1] ?? null;
  const text = answer.slice(answer.indexOf('\r\n\r\n'));
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), retryAfter, text };
}

/** Bodies may have no more bytes than all have together. */
const SMALL_BODIES = { TRIBUTARY_WIRE_BYTES: '5000', TRIBUTARY_BODY_BYTES: '5000' };

const RATE = { status: 429, code: 'client_rate', retry: true };
const TOO_BUSY = { status: 429, code: 'too_busy', retry: true };

/** Limits of what comes at once, or late: each is met on a server of its own. */
export const AT_ONCE: readonly LimitRow[] = [
  {
    limit: 'cost',
    status: 400,
    code: 'question_too_large',
    retry: false,
    tried: { value: 50_000, met: (url) => asked(url, '{ attribution { __typename } }') },
  },
  {
    limit: 'clientWrites',
    ...RATE,
    tried: { value: 1, met: (url) => firstRefused(429, () => written(url)) },
  },
  {
    limit: 'clientQuestions',
    ...RATE,
    tried: { value: 1, met: (url) => firstRefused(429, () => asked(url)) },
  },
  {
    limit: 'bytesInFlight',
    ...TOO_BUSY,
    tried: {
      value: 5_000,
      env: SMALL_BODIES,
      met: (url) => besides(url, 4_999),
    },
  },
  { limit: 'requests', ...TOO_BUSY, tried: { value: 1, met: (url) => besides(url, 9) } },
  {
    limit: 'requestTimeout',
    status: 408,
    code: 'request_overdue',
    retry: true,
    tried: { value: 300, met: overdue },
  },
];
