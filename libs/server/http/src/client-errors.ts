import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { plainProblem } from '@tributary/capture';
import type { Problem } from '@tributary/capture';
import { overdue } from './body-time.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

type Options = {
  /** Milliseconds in which the headers of a request must have arrived. */
  readonly millis: number;
  /** Hears of each connection that a limit refused, by the name of the limit. */
  readonly refused?: ((limit: string) => void) | undefined;
};

/** Answers what never became a request: headers that came late, that are too long, or that are no HTTP. */
export const answerClientErrors =
  ({ millis, refused }: Options) =>
  (error: Error & { readonly code: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const problem = problemOf(error.code, millis);
    /* Browsers and probes open connections on which they send nothing. */
    if (typeof problem['limit'] === 'string' && socket.bytesRead > 0) refused?.(problem['limit']);
    if (socket.writable) socket.write(rawAnswer(problem));
    socket.destroySoon();
  };

function problemOf(code: string, millis: number): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return overdue(millis, 'the headers of the request');
  if (code === 'HPE_HEADER_OVERFLOW')
    return {
      status: 431,
      title: 'headers too large',
      detail: `the headers have more than the ${maxHeaderSize} bytes that Node reads, which no variable of the server changes; send shorter ones`,
    };
  return { status: 400, title: 'no request', detail: 'what was sent is no request of HTTP/1.1' };
}

function rawAnswer(problem: Problem): string {
  const { status, retryAfter } = problem;
  const body = plainProblem(problem);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}
