import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Calls `end` once, when the answer has been sent or its connection is closed. An answer that waits behind others on one
 * connection hears of the end of that connection from the socket alone.
 */
export function onceEnded(
  { raw: { socket } }: FastifyRequest,
  { raw: response }: FastifyReply,
  end: () => void,
): void {
  let isEnded = false;
  const ended = (): void => {
    response.removeListener('close', ended);
    socket.removeListener('close', ended);
    /* The response closes while the socket tells its listeners, of which this is one. */
    if (!isEnded) end();
    isEnded = true;
  };
  /* As many requests as a client sends without waiting listen to its socket. */
  socket.setMaxListeners(0);
  response.once('close', ended);
  socket.once('close', ended);
}
