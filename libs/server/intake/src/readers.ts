import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Readers } from '@tributary/capture';
import { Fault, largeBuffer, pool } from '@tributary/kernel';
import { Piscina } from 'piscina';

type ReadersConfig = {
  /** Milliseconds that a body may take, the time until a thread is free included. */
  readonly millis: number;
  /** Bodies that are read at the same time: one less than there are processors by default, and at most two. */
  readonly threads?: number;
  /** Mebibytes of a thread's heap. */
  readonly heap?: number;
};

/** Bodies wait for each other, and on a busy machine the longest one takes as long as a request may. */
const REQUESTS = 4;

/** Mebibytes: the longest body that is accepted takes about 300 while it is read. */
const HEAP = 768;

/** Milliseconds without a long body after which a thread ends: it keeps 50 MiB, and starts in a tenth of a second. */
const IDLE_MS = 1_000;

/** Threads that read long bodies. One that dies, or takes too long, is replaced, and its request may be sent again. */
export function openReaders({
  millis,
  threads = Math.min(2, Math.max(1, availableParallelism() - 1)),
  heap = HEAP,
}: ReadersConfig): Readers & { close(): Promise<void> } {
  /* One task for a thread at most: Piscina forgets what waits in its own queue for a thread that is ended. */
  const slots = pool(Array.from({ length: threads }, (_, index) => index));
  const workers = new Piscina({
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    /* Compiled modules, whatever the process itself runs. */
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heap },
  });
  return {
    async read({ module, name }, input, left) {
      const late = AbortSignal.timeout(millis);
      const filename = fileURLToPath(module);
      /* What has begun goes on: a thread that is ended takes longer to replace than to read most bodies. */
      const waiting = left ? AbortSignal.any([late, left]) : late;
      const run = () => {
        const { given, transferList } = handedOver(input);
        return workers.run(given, { filename, name, signal: late, transferList });
      };
      try {
        return await slots.use(run, waiting);
      } catch (cause) {
        if (left?.aborted && cause === left.reason) throw cause;
        throw failed(late.aborted ? `was not read within ${millis / 1000} s` : ended(heap), cause);
      }
    },
    close: () => workers.close({ force: true }),
  };
}

/**
 * An input with copies of its bytes, or of those of its members, which the thread takes over. Bytes that stay here would be
 * copied twice, together with all of the memory of which they are a part.
 */
function handedOver(input: unknown): { given: unknown; transferList: ArrayBuffer[] } {
  const transferList: ArrayBuffer[] = [];
  const moved = (value: unknown): unknown => {
    if (!(value instanceof Uint8Array)) return value;
    const copy = largeBuffer(value.length);
    copy.set(value);
    if (copy.buffer instanceof ArrayBuffer) transferList.push(copy.buffer);
    return copy;
  };
  const given = isRecord(input)
    ? Object.fromEntries(Object.entries(input).map(([key, value]) => [key, moved(value)]))
    : moved(input);
  return { given, transferList };
}

const isRecord = (input: unknown): input is object =>
  typeof input === 'object' && input !== null && Object.getPrototypeOf(input) === Object.prototype;

const ended = (heap: number): string =>
  `was not read, because the thread that read it has ended, perhaps for more than ${heap} MiB of memory`;

const failed = (what: string, cause: unknown): Fault =>
  new Fault(
    'reader_failed',
    `the body of the request ${what}; nothing of it was stored: send it again, in smaller parts where that fails too`,
    { retryable: true, cause },
  );

/**
 * The readers of a process in which a request may take so many milliseconds; reading may take four times as long. Threads
 * load compiled modules: the readers of a process that runs its sources are the process itself.
 */
export const readersOf = (requestMillis: number): ReturnType<typeof openReaders> | undefined =>
  import.meta.filename.endsWith('.ts') ? undefined : openReaders({ millis: REQUESTS * requestMillis });
