import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { REQUEST_LIMITS } from '@tributary/capture';
import type { RequestLimits } from '@tributary/capture';
import { answerPace } from './answer-pace.ts';

/**
 * Milliseconds for `limitAnswerTime`. Not fewer than by default, however short the time of requests: the system reports what a
 * client has read in steps of a megabyte, so that one which reads slowly would look as if it did not read at all.
 */
export const answerMillis = ({ requestTimeout }: Pick<RequestLimits, 'requestTimeout'>): number =>
  Math.max(requestTimeout, REQUEST_LIMITS.requestTimeout);

/**
 * Closes connections whose client does not read its answers: while some of an answer waits, the client must take 256 KiB, or
 * all that waits, in four times `millis`. An answer that is still computed or read from a disk waits for nobody's reading.
 */
export function limitAnswerTime(server: Server, { millis }: { readonly millis: number }): void {
  server.on('connection', (socket: Socket) => {
    const isLate = answerPace();
    const look = (): void => {
      /* A reset frees at once what the system holds of the answer, and no client takes what has come for all of it. */
      if (isLate(transferOf(socket))) socket.resetAndDestroy();
    };
    const timer = setInterval(look, millis).unref();
    socket.once('close', () => clearInterval(timer));
  });
}

/** What Node counts of the write in progress, which may be a whole answer, it counts on its handle alone. */
type Handle = { readonly bytesWritten?: number; readonly writeQueueSize?: number };

/** Bytes of a connection that the system has taken, and those that wait until it takes more. */
function transferOf(socket: Socket) {
  const handle: Handle = Reflect.get(socket, '_handle') ?? {};
  const taken = (handle.bytesWritten ?? 0) - (handle.writeQueueSize ?? 0);
  return { taken, waiting: socket.destroyed ? 0 : socket.bytesWritten - taken };
}
