import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { hasBody } from './problem.ts';

/** Bytes a second that a body without a deadline must bring, in each time that another request has for its whole body. */
const LEAST_RATE = 64 * 1024;

type BodyTime = {
  /** Milliseconds in which a body must have arrived. */
  readonly millis: number;
  /** Whether the body may be so long that only its pace counts until it is answered. */
  readonly isLong: (request: IncomingMessage) => boolean;
};

/**
 * Ends connections whose body does not arrive in time, with 408 as Node's `requestTimeout`, which knows no exception and
 * must be off.
 */
export function limitBodyTime(server: Server, { millis, isLong }: BodyTime): void {
  const least = (LEAST_RATE * millis) / 1_000;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return;
    const { socket } = request;
    let read = socket.bytesRead;
    const check = (): void => {
      if (request.complete || socket.destroyed) return clearInterval(timer);
      const isOnPace = isLong(request) && !response.writableEnded && socket.bytesRead - read >= least;
      read = socket.bytesRead;
      if (isOnPace) return undefined;
      clearInterval(timer);
      server.emit('clientError', overdue(), socket);
      return undefined;
    };
    const timer = setInterval(check, millis).unref();
    request.once('close', () => clearInterval(timer));
  });
}

/** The error of Node for it, which the framework answers. */
const overdue = (): Error =>
  Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
