import { fork, type ChildProcess } from 'node:child_process';
import { refused, type Refused } from './refusal.ts';
import type { Tensors } from './tensor.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export type Ran = { readonly ok: true; readonly outputs: Tensors } | Refused;
export type WorkerModel = { readonly bytes: Uint8Array; readonly outputs: readonly string[] };

/** Starts the process; a test keeps it, to end it in the middle of a batch. */
export type StartProcess = () => ChildProcess;

/** Without the environment of its parent. A source tree is read through a loader. */
export const startProcess: StartProcess = () => {
  const isBuilt = import.meta.filename.endsWith('.js');
  return fork(new URL(isBuilt ? './worker.js' : './worker.ts', import.meta.url), {
    execArgv: isBuilt ? [] : ['--import', 'tsx'],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
};

type Waiting = { readonly run: number; readonly settle: (ran: Ran) => void };

/**
 * One process with one session, which runs one batch at a time. After it has died or taken too long it `isDead`, and
 * whoever owns it starts another. It is no thread: one that is ended while the runtime computes takes its process
 * with it (onnxruntime-node 1.30), and a crash in native code does so in any case.
 */
export class ModelWorker {
  readonly ready: Promise<{ readonly ok: true } | Refused>;
  isDead = false;
  private readonly child: ChildProcess;
  private readonly ended: Promise<string>;
  private waiting: Waiting | undefined;
  private runs = 0;

  constructor({ bytes, outputs }: WorkerModel, start: StartProcess) {
    this.child = start();
    this.ended = new Promise((resolve) => {
      this.child.once('error', ({ message }) => resolve(message));
      this.child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    this.ready = new Promise((resolve) => {
      this.child.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve({ ok: true });
        else if (message.kind === 'refused') resolve(refusalOfSession(message.text));
        else this.settle(message);
      });
      void this.ended.then((why) => {
        this.isDead = true;
        const refusal = refused(
          'worker_died',
          `the process of the batch ended (${why}); send the batch again`,
        );
        resolve(refusal);
        this.waiting?.settle(refusal);
      });
    });
    this.send({ kind: 'open', bytes, outputs });
  }

  /** Runs one batch. Past `timeoutMs` the process is killed. */
  run(inputs: Tensors, timeoutMs: number): Promise<Ran> {
    const run = ++this.runs;
    return new Promise<Ran>((resolve) => {
      const timer = setTimeout(() => {
        this.waiting?.settle(
          refused(
            'worker_timeout',
            `the batch took more than ${timeoutMs} ms; send less at once, or allow more`,
          ),
        );
        void this.close();
      }, timeoutMs);
      const settle = (ran: Ran): void => {
        clearTimeout(timer);
        this.waiting = undefined;
        resolve(ran);
      };
      this.waiting = { run, settle };
      this.send({ kind: 'run', run, inputs });
    });
  }

  async close(): Promise<void> {
    this.isDead = true;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** A process that has ended is noticed by its event, so a message that cannot be sent needs no more. */
  private send(message: ToWorker): void {
    if (this.child.connected) this.child.send(message, () => {});
  }

  private settle(message: Extract<FromWorker, { run: number }>): void {
    if (this.waiting?.run !== message.run) return;
    if (message.kind === 'ran') this.waiting.settle({ ok: true, outputs: message.outputs });
    else this.waiting.settle(refused('run_failed', `the runtime refused the batch: ${message.text}`));
  }
}

/** The runtime names an operator that it lacks; everything else makes the model unreadable. */
function refusalOfSession(text: string): Refused {
  const isOperator =
    /No Op registered|not a registered function\/op|NOT_IMPLEMENTED|Could not find an implementation/;
  return isOperator.test(text)
    ? refused('model_operator', `the runtime lacks an operator of the model: ${text}`)
    : refused('model_unreadable', `the runtime cannot read the model: ${text}`);
}
