import Connection from 'kafkajs/src/network/connection.js';

/** Bytes of the length that each answer begins with. */
const LENGTH_BYTES = 4;

/**
 * Makes kafkajs begin each connection with no bytes, and close one whose bytes are no answers. By itself it keeps the
 * beginning of an answer that broke off, and reads what comes over the next connection as its rest. A length that it then
 * finds in the middle of an answer makes it throw where nobody catches, which ends the process.
 */
export function separateConnections(): void {
  const { connect, processData } = Connection.prototype;
  Connection.prototype.connect = function connectAnew(this: Connection) {
    if (!this.isConnected()) {
      /* A socket that was closed on this side may still receive. */
      this.socket?.destroy();
      forget(this);
    }
    return connect.call(this);
  };
  Connection.prototype.processData = function readAnswers(this: Connection, bytes) {
    try {
      processData.call(this, bytes);
    } catch (error) {
      forget(this);
      /* kafkajs rejects the requests of a socket with an error, and the next one opens another. */
      this.socket?.destroy(new Error(`the answer of a broker cannot be read: ${String(error)}`));
    }
  };
}

function forget(connection: Connection): void {
  connection.chunks = [];
  connection.bytesBuffered = 0;
  connection.bytesNeeded = LENGTH_BYTES;
}
