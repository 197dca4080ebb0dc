import { createHash } from 'node:crypto';
import { inspectModel, type ModelDescription } from './inspect-model.ts';
import { ModelWorker, startProcess, type Ran, type StartProcess, type WorkerModel } from './model-worker.ts';
import { refused, type Refused } from './refusal.ts';
import { refusalOfInputs, type Tensors } from './tensor.ts';

export type OpenOptions = {
  /** Lower-case hex of SHA-256 over the bytes. Only a model that somebody named is run. */
  readonly sha256: string;
  /** Processes with one session each; 1 unless said otherwise. */
  readonly workers?: number;
  /** How long one batch may take. */
  readonly timeoutMs?: number;
  readonly startProcess?: StartProcess;
};
export type RunOptions = { readonly signal?: AbortSignal; readonly timeoutMs?: number };

const DEFAULT_TIMEOUT_MS = 30_000;

type Queued = {
  readonly inputs: Tensors;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly settle: (ran: Ran) => void;
};

/**
 * Opens a model from its bytes, in worker processes of its own.
 * Refuses another digest (`model_digest`), what `inspectModel` refuses, and what the runtime cannot run
 * (`model_operator`, `model_unreadable`).
 */
export async function openModel(
  bytes: Uint8Array,
  options: OpenOptions,
): Promise<{ readonly ok: true; readonly runner: ModelRunner } | Refused> {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== options.sha256)
    return refused('model_digest', `the model has the digest ${found}, and ${options.sha256} is approved`);
  const inspected = inspectModel(bytes);
  if (!inspected.ok) return inspected;
  const runner = new ModelRunner(inspected.model, bytes, options);
  const ready = await runner.ready();
  if (ready.ok) return { ok: true, runner };
  await runner.close();
  return ready;
}

/** Runs batches over a fixed number of worker processes; never on the thread that calls it. */
export class ModelRunner {
  readonly model: ModelDescription;
  readonly workerCount: number;
  private readonly loaded: WorkerModel;
  private readonly options: OpenOptions;
  private readonly idle: ModelWorker[] = [];
  private readonly busy = new Set<ModelWorker>();
  private readonly queue: Queued[] = [];
  private isClosed = false;

  constructor(model: ModelDescription, bytes: Uint8Array, options: OpenOptions) {
    this.model = model;
    this.loaded = { bytes, outputs: model.outputs.map(({ name }) => name) };
    this.options = options;
    this.workerCount = Math.max(1, options.workers ?? 1);
    for (let index = 0; index < this.workerCount; index++) this.idle.push(this.newWorker());
  }

  async ready(): Promise<{ readonly ok: true } | Refused> {
    const all = await Promise.all(this.idle.map(({ ready }) => ready));
    return all.find(({ ok }) => !ok) ?? { ok: true };
  }

  /**
   * Runs one batch when a worker is free. Equal inputs give equal bytes, whichever worker runs them.
   * Refuses `input_shape`, `run_failed`, `worker_died`, `worker_timeout`, `cancelled` and `closed`.
   */
  run(inputs: Tensors, { signal, timeoutMs }: RunOptions = {}): Promise<Ran> {
    if (this.isClosed) return Promise.resolve(refused('closed', 'the model has been closed'));
    const refusal = refusalOfInputs(this.model, inputs);
    if (refusal !== undefined) return Promise.resolve(refusal);
    if (signal?.aborted) return Promise.resolve(cancelled());
    return new Promise<Ran>((resolve) => {
      const onAbort = (): void => settle(cancelled());
      const settle = (ran: Ran): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve(ran);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.queue.push({
        inputs,
        signal,
        settle,
        timeoutMs: timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      });
      this.next();
    });
  }

  /** Waiting batches are refused, and running ones end with their processes. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { settle } of this.queue.splice(0)) settle(refused('closed', 'the model has been closed'));
    await Promise.all([...this.idle, ...this.busy].map((worker) => worker.close()));
  }

  private newWorker(): ModelWorker {
    return new ModelWorker(this.loaded, this.options.startProcess ?? startProcess);
  }

  private next(): void {
    while (this.idle.length > 0) {
      const queued = this.queue.shift();
      if (queued === undefined) return;
      if (!queued.signal?.aborted) void this.runOn(this.idle.shift()!, queued);
    }
  }

  private async runOn(worker: ModelWorker, { inputs, timeoutMs, settle }: Queued): Promise<void> {
    const one = worker.isDead ? this.newWorker() : worker;
    this.busy.add(one);
    const ready = await one.ready;
    settle(ready.ok ? await one.run(inputs, timeoutMs) : ready);
    this.busy.delete(one);
    if (this.isClosed) return one.close();
    this.idle.push(one.isDead ? this.newWorker() : one);
    this.next();
  }
}

const cancelled = (): Refused => refused('cancelled', 'the caller cancelled the batch');
