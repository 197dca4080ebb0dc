import { MessageChannel } from 'node:worker_threads';

/** Smaller buffers are left to the garbage collector, which runs after 64 MiB outside its heap. */
const LARGE_BYTES = 1024 * 1024;

/**
 * The C library returns allocations beyond 32 MiB to the system when they are freed. It keeps smaller ones, and raises
 * that threshold with each one that it frees. Pages that are never written take no memory.
 */
const OWN_MAPPING_BYTES = 33 * 1024 * 1024;

/** A buffer of so many bytes, not zeroed, whose memory returns to the system when `releaseMemory` frees it. */
export const largeBuffer = (bytes: number): Buffer =>
  Buffer.allocUnsafeSlow(bytes < LARGE_BYTES ? bytes : Math.max(bytes, OWN_MAPPING_BYTES)).subarray(0, bytes);

/** A message to a closed port is dropped, together with the memory that it transfers. */
const nowhere = (() => {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.unref();
  return port1;
})();

/** Frees the memory of a large buffer at once, before garbage collection. Every view of it is empty afterwards. */
export function releaseMemory({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LARGE_BYTES) nowhere.postMessage(null, [buffer]);
}
