import { Worker } from 'node:worker_threads';
import { Fault } from '@tributary/kernel';
import { ProcessorClock } from './processor-clock.ts';
import type { Batch, WorkerMessage } from './python-worker.ts';
import type { CodeIn, Measured } from './python.ts';

/** Counts the features of programs in a thread of its own, which is replaced when a program is too much for it. */
export type CodeParser = {
  /** The version of CPython whose parser it is. */
  version(): Promise<string>;
  /** One outcome for each text, in their order. A text never fails the others. */
  measure(texts: readonly string[], code: CodeIn): Promise<readonly Measured[]>;
  close(): Promise<void>;
};

type Limits = {
  /** Of processor time, for one text. */
  readonly milliseconds: number;
  /** WebAssembly gives no memory back, so a thread that has grown beyond this is replaced. */
  readonly memory: number;
};

const LIMITS: Limits = { milliseconds: 2000, memory: 768 * 1024 * 1024 };

/** The parser recurses; with the 4 MiB of other threads it would end before CPython's own limits do. */
const STACK_MB = 64;

/* The same path leads from the sources and from the compiled modules to a module that Node can run. */
const WORKER = new URL('../dist/python-worker.js', import.meta.url);

/** Starts no thread before the first text. */
export function codeParser(limits: Limits = LIMITS): CodeParser {
  const state: { running?: Running } = {};
  const running = async () => (state.running ??= await start());
  const stop = async () => {
    const { running: ended } = state;
    delete state.running;
    await ended?.worker.terminate();
  };
  return {
    version: async () => (await running()).version,
    async measure(texts, code) {
      const measured: Measured[] = [];
      while (measured.length < texts.length) {
        const batch = { texts: texts.slice(measured.length), code };
        const end = await measureOn(await running(), batch, limits, measured);
        if (end !== 'done') await stop();
        if (end !== 'done' && end !== 'grown') measured.push(end);
      }
      return measured;
    },
    close: stop,
  };
}

/** A thread with the parser. Its listeners stay as they are; `hear` is what they call. */
class Running {
  readonly worker = new Worker(WORKER, {
    resourceLimits: { stackSizeMb: STACK_MB },
    stdout: true,
    stderr: true,
  });
  version = '';
  /** Takes the messages, and undefined when the thread has ended. */
  hear: (message: WorkerMessage | undefined, error?: unknown) => void = () => undefined;

  constructor() {
    this.worker.on('message', (message: WorkerMessage) => this.hear(message));
    this.worker.on('error', (error) => this.hear(undefined, error));
    this.worker.on('exit', () => this.hear(undefined));
  }
}

/** Throws Fault `parser_unavailable` if CPython cannot be loaded. */
async function start(): Promise<Running> {
  const running = new Running();
  const unavailable = (error: unknown) =>
    new Fault(
      'parser_unavailable',
      `the parser of Python cannot be loaded: ${error instanceof Error ? error.message : 'its thread ended'}`,
      { cause: error },
    );
  await new Promise<void>((resolve, reject) => {
    running.hear = (message, error) => {
      if (message === undefined) return reject(unavailable(error));
      running.version = 'version' in message ? message.version : '';
      resolve();
    };
  });
  return running;
}

/**
 * Adds outcomes until all texts have one, or until the thread cannot go on: then the outcome of the text that it was at,
 * or `grown`.
 */
async function measureOn(
  running: Running,
  batch: Batch,
  limits: Limits,
  measured: Measured[],
): Promise<'done' | 'grown' | Measured> {
  const last = measured.length + batch.texts.length;
  const clock = new ProcessorClock(limits.milliseconds);
  try {
    return await new Promise((resolve) => {
      clock.restart(() => resolve(TIMED_OUT));
      running.hear = (message) => {
        if (message === undefined) return resolve(FAILED);
        if ('version' in message) return;
        measured.push(message.measured);
        if (measured.length === last) return resolve('done');
        if (message.memory > limits.memory) return resolve('grown');
        clock.restart(() => resolve(TIMED_OUT));
      };
      running.worker.postMessage(batch);
    });
  } finally {
    clock.stop();
    running.hear = () => undefined;
  }
}

const TIMED_OUT: Measured = {
  code: 'time_limit',
  reason: `the parser of Python took more than ${LIMITS.milliseconds / 1000} seconds of processor time`,
};

const FAILED: Measured = { code: 'parser_failed', reason: 'the parser of Python ran out of stack or memory' };
