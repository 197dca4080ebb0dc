import { availableParallelism } from 'node:os';
import type {
  Answer,
  DesignQuestion,
  Experiment,
  ExperimentDesign,
  PredictedOutcome,
  PredictionRequest,
  Question,
  Refusal,
} from '@tributary/attribution';
import { asOneFamily } from '@tributary/attribution';
import { ESTIMATE_HEAP, LIMIT_KEYS } from '@tributary/capture';
import { currentSignal, Fault, groupBy, pool } from '@tributary/kernel';
import { Piscina } from 'piscina';
import type { SurfaceOrigin } from '../surface-model/surface-model.ts';
import type { Estimate, Estimated } from './estimate.ts';

export type EstimatorsConfig = {
  /** Milliseconds that a question may take, the time until a worker is free included: minutes, on large experiments. */
  readonly millis: number;
  /** Estimates that run at the same time; as many as there are processors by default. */
  readonly workers?: number;
  /** Mebibytes of the heap of each worker. */
  readonly heap?: number | undefined;
  /** The module that each worker runs. */
  readonly module?: URL;
};

/**
 * The estimators, in worker threads. Each rejects with Fault `estimate_overdue` (retryable) where a question takes too
 * long, with Fault `estimate_memory` where it needs more memory than a worker has, and with the reason of `currentSignal` where nobody waits for it any more: what waits of it is withdrawn, and a
 * worker that computes for it is ended and replaced.
 */
export type Estimators = {
  /** One answer for each question; q values are computed over all of them. */
  attribute(questions: readonly Question[], experiment: Experiment): Promise<readonly Answer[]>;
  predict(request: PredictionRequest): Promise<PredictedOutcome>;
  /** The surface of a prediction as an ONNX model; undefined where none can be fitted. */
  model(request: PredictionRequest, origin: SurfaceOrigin): Promise<Uint8Array | undefined>;
  design(question: DesignQuestion, experiment: Experiment): Promise<ExperimentDesign | Refusal>;
  close(): Promise<void>;
};

export function openEstimators({
  millis,
  workers = availableParallelism(),
  heap = ESTIMATE_HEAP,
  module = ownWorker(),
}: EstimatorsConfig): Estimators {
  /* One task for a worker at most: Piscina forgets what waits in its own queue for a worker that is ended. */
  const slots = pool(Array.from({ length: workers }, (_, index) => index));
  const threads = new Piscina<Estimate, Estimated>({
    filename: module.href,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: heap },
  });
  /** Runs what a question consists of. */
  const within = async <Outcome>(ask: (run: Run) => Promise<Outcome>): Promise<Outcome> => {
    const late = AbortSignal.timeout(millis);
    const left = currentSignal();
    left?.throwIfAborted();
    const signal = left ? AbortSignal.any([late, left]) : late;
    try {
      return await ask((task) => slots.use(() => threads.run(task, { signal }), signal));
    } catch (cause) {
      left?.throwIfAborted();
      if (late.aborted) throw overdue(millis, slots.waiting, cause);
      throw isOutOfMemory(cause) ? outOfMemory(heap, cause) : cause;
    }
  };
  return {
    async attribute(questions, experiment) {
      const groups = [...groupBy(questions, ({ capability }) => capability).values()];
      const answered = await within((run) =>
        Promise.all(groups.map((group) => attributeGroup(run, group, experiment))),
      );
      return asOneFamily(answered.flat());
    },
    async predict(request) {
      const estimated = await within((run) => run({ kind: 'predict', request }));
      if ('outcome' in estimated) return estimated.outcome;
      throw new Fault('estimator', 'the worker answered another question');
    },
    async model(request, origin) {
      const estimated = await within((run) => run({ kind: 'model', request, origin }));
      if ('model' in estimated) return estimated.model;
      throw new Fault('estimator', 'the worker answered another question');
    },
    async design(question, experiment) {
      const estimated = await within((run) => run({ kind: 'design', question, experiment }));
      if ('design' in estimated) return estimated.design;
      throw new Fault('estimator', 'the worker answered another question');
    },
    close: () => threads.close({ force: true }),
  };
}

function ownWorker(): URL {
  const extension = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
  return new URL(`./worker${extension}`, import.meta.url);
}

type Run = (task: Estimate) => Promise<Estimated>;

const overdue = (millis: number, waiting: number, cause: unknown): Fault =>
  new Fault(
    'estimate_overdue',
    `no estimate within ${millis / 1000} s (TRIBUTARY_ESTIMATE_TIMEOUT_MS), and ${waiting} others wait for a worker; ask about fewer capabilities or slices at once, or again later`,
    { retryable: true, cause },
  );

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** The same question needs the same again. */
const outOfMemory = (heap: number, cause: unknown): Fault =>
  new Fault(
    'estimate_memory',
    `the estimate needs more than the ${heap} MiB of memory that a worker has; ask about fewer runs, capabilities or slices at once, or set ${LIMIT_KEYS.estimateHeap} of the server`,
    { cause, met: { limit: 'estimateHeap', value: heap, key: LIMIT_KEYS.estimateHeap } },
  );

/** Questions about one capability share a response surface, so they go to one worker. */
async function attributeGroup(
  run: Run,
  questions: readonly Question[],
  experiment: Experiment,
): Promise<readonly Answer[]> {
  const estimated = await run({ kind: 'attribute', questions, experiment });
  if ('answers' in estimated) return estimated.answers;
  throw new Fault('estimator', 'the worker answered another question');
}
