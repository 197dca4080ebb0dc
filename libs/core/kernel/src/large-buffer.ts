import { MessageChannel } from 'node:worker_threads';

/** Below, the collector is soon enough. It lets 64 MiB outside its heap pass before it comes by. */
const LARGE_BYTES = 1024 * 1024;

/**
 * The C library gives room beyond 32 MiB back to the system whenever it is freed. Smaller room it would keep, and every
 * time that it frees some it keeps larger pieces. Pages that nobody writes to take no memory.
 */
const OWN_MAPPING_BYTES = 33 * 1024 * 1024;

/** A buffer whose memory the system gets back when `releaseMemory` frees it. */
export const largeBuffer = (bytes: number): Buffer =>
  Buffer.allocUnsafeSlow(bytes < LARGE_BYTES ? bytes : Math.max(bytes, OWN_MAPPING_BYTES)).subarray(0, bytes);

/** A message to a closed port is dropped, and with it the memory that was to move. */
const nowhere = (() => {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.unref();
  return port1;
})();

/** Frees the memory of a large buffer at once, not when the collector comes by: every view of it is empty afterwards. */
export function releaseMemory({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LARGE_BYTES) nowhere.postMessage(null, [buffer]);
}
