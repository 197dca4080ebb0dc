import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely, type ConnectionOptions } from 'node:tls';

/** Milliseconds of silence after which the system asks whether the other side still lives. */
const SILENCE = 60_000;

/** As kafkajs opens its sockets, but a small request does not wait for the acknowledgement of the one before it. */
export function openSocket(to: {
  readonly host: string;
  readonly port: number;
  readonly ssl: ConnectionOptions;
  readonly onConnect: () => void;
}): Socket {
  const { host, port, ssl, onConnect } = to;
  const name = isIP(host) === 0 ? { servername: host } : {};
  // kafkajs gives `undefined` for a connection in the clear, whatever its type says.
  const secure: unknown = ssl;
  const socket = secure
    ? connectSecurely({ host, port, ...name, ...ssl }, onConnect)
    : connect({ host, port }, onConnect);
  socket.setKeepAlive(true, SILENCE);
  socket.setNoDelay(true);
  // Requests that wait for a connection each listen for it.
  socket.setMaxListeners(0);
  return socket;
}
