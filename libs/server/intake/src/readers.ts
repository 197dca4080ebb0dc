import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { metLimit, REQUEST_LIMITS } from '@tributary/capture';
import type { Readers, RequestLimits } from '@tributary/capture';
import { Fault, largeBuffer, pool } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';
import { Piscina } from 'piscina';

type ReadersConfig = {
  /** Milliseconds that a request may take to arrive. Reading it may take four times as long, the time until a thread is free included. */
  readonly requestTimeout: number;
  /** Bodies that are read at the same time: one less than there are processors by default, and at most two. */
  readonly threads?: number;
  /** Mebibytes of a thread's heap. */
  readonly heap?: number;
};

/** Bodies wait for each other, and on a busy machine the longest one takes as long as a request may. */
const REQUESTS = 4;

/** Milliseconds without a long body after which a thread ends: it keeps 50 MiB, and starts in a tenth of a second. */
const IDLE_MS = 1_000;

/** Threads that read long bodies. One that dies, or takes too long, is replaced, and its request may be sent again. */
export function openReaders({
  requestTimeout,
  threads = Math.min(2, Math.max(1, availableParallelism() - 1)),
  heap = REQUEST_LIMITS.readerHeap,
}: ReadersConfig): Readers & { close(): Promise<void> } {
  const millis = REQUESTS * requestTimeout;
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
        throw late.aborted ? overdue(requestTimeout, cause) : ended(heap, cause);
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

const overdue = (requestTimeout: number, cause: unknown): Fault => {
  const met = metLimit('requestTimeout', requestTimeout);
  const millis = REQUESTS * requestTimeout;
  return failed(`was not read within ${millis} ms, ${REQUESTS} times ${requestTimeout}`, { cause, met });
};

function ended(heap: number, cause: unknown): Fault {
  if (!isOutOfMemory(cause))
    return failed('was not read, because the thread that read it has ended', { cause });
  const met = metLimit('readerHeap', heap);
  return failed(`needs more than the ${heap} MiB of memory of the thread that read it`, { cause, met });
}

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

type Failure = { readonly cause: unknown; readonly met?: MetLimit };

function failed(what: string, { cause, met }: Failure): Fault {
  const orSet = met ? `, or set ${met.key} of the server` : '';
  return new Fault(
    'reader_failed',
    `the body of the request ${what}; nothing of it was stored: send it again, in smaller parts where that fails too${orSet}`,
    { retryable: true, cause, ...(met && { met }) },
  );
}

/**
 * The readers of a process with these limits. Threads load compiled modules: the readers of a process that runs its sources
 * are the process itself.
 */
export const readersOf = ({
  requestTimeout,
  readerHeap,
}: Pick<RequestLimits, 'requestTimeout' | 'readerHeap'>): ReturnType<typeof openReaders> | undefined =>
  import.meta.filename.endsWith('.ts') ? undefined : openReaders({ requestTimeout, heap: readerHeap });
