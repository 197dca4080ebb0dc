import { AsyncLocalStorage } from 'node:async_hooks';
import { Fault } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';

/**
 * A pure function on plain values that reads a body, and where a thread finds it: as the export `name` of a module.
 * Neither the function nor what it returns refers to anything but its input.
 */
export type Reading<Input, Output> = {
  readonly module: string;
  readonly name: string;
  readonly read: (input: Input) => Reply<Output>;
};

/** What a function has returned, or the fault that it has thrown, as plain values. */
export type Reply<Output> =
  | { readonly ok: true; readonly output: Output }
  | {
      readonly ok: false;
      readonly error: string;
      readonly code?: string;
      readonly retryable?: boolean;
      readonly met?: MetLimit | undefined;
    };

/**
 * Reads bodies in threads of their own. Throws Fault `reader_failed` (retryable) where a thread dies or takes too long, and
 * the reason of the signal where it aborts before a thread is free.
 */
export type Readers = {
  read<Input, Output>(
    reading: Reading<Input, Output>,
    input: Input,
    signal?: AbortSignal,
  ): Promise<Reply<Output>>;
};

const connections = new AsyncLocalStorage<AbortSignal>();

/** Runs work whose long bodies get no thread any more once the signal of their connection has aborted. */
export const whileConnected = <Result>(signal: AbortSignal, work: () => Result): Result =>
  connections.run(signal, work);

/**
 * Aborts when the client of the request that is handled here has closed its connection; undefined where nothing says so.
 * Other than with `currentSignal`, nothing ends by it unless it asks: what is being written goes on without its client.
 */
export const connectionSignal = (): AbortSignal | undefined => connections.getStore();

/** Longer bodies are read in a thread, where a process has some: reading one may take a second. */
export const LONG_BODY_BYTES = 256 * 1024;

/** A function that a thread can run: what it throws is a part of what it returns. */
export const replying =
  <Input, Output>(read: (input: Input) => Output) =>
  (input: Input): Reply<Output> => {
    try {
      return { ok: true, output: read(input) };
    } catch (error) {
      if (error instanceof Fault) {
        const { code, message, retryable, met } = error;
        return { ok: false, error: message, code, retryable, met };
      }
      return { ok: false, error: String(error) };
    }
  };

/** Reads a body of so many bytes here, or in a thread where it is long and there are some. Throws what the reading throws. */
export async function readLongBody<Input, Output>(
  readers: Readers | undefined,
  reading: Reading<Input, Output>,
  { input, bytes }: { readonly input: Input; readonly bytes: number },
): Promise<Output> {
  const isLong = readers !== undefined && bytes > LONG_BODY_BYTES;
  const reply = isLong ? await readers.read(reading, input, connections.getStore()) : reading.read(input);
  if (reply.ok) return reply.output;
  const { code, error, retryable = false, met } = reply;
  throw code === undefined ? new Error(error) : new Fault(code, error, { retryable, ...(met && { met }) });
}

/** Parts in one piece of memory, because a thread hands thousands of small ones over slowly. */
export type Joined = { readonly bytes: Uint8Array; readonly lengths: readonly number[] };

export const joined = (parts: readonly Uint8Array[]): Joined => ({
  bytes: Buffer.concat(parts),
  lengths: parts.map(({ length }) => length),
});

/** The parts, in order. They share their memory. */
export function* partsOf({ bytes, lengths }: Joined): Generator<Buffer> {
  let start = bytes.byteOffset;
  for (const length of lengths) {
    yield Buffer.from(bytes.buffer, start, length);
    start += length;
  }
}

/** A Buffer over the same memory: what comes from another thread is a plain Uint8Array. */
export const bufferOver = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
