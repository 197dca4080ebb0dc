import { availableParallelism } from 'node:os';
import type { Answer, Experiment, PredictedOutcome, PredictionRequest, Question } from '@tributary/attribution';
import { Fault } from '@tributary/kernel';
import { Piscina } from 'piscina';
import type { Estimate, Estimated } from './estimate.ts';

/** The estimators, off the thread that answers requests. */
export type Estimators = {
  attribute(questions: readonly Question[], experiment: Experiment): Promise<readonly Answer[]>;
  predict(request: PredictionRequest): Promise<PredictedOutcome>;
  close(): Promise<void>;
};

export function openEstimators(): Estimators {
  const extension = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
  const pool = new Piscina<Estimate, Estimated>({
    filename: new URL(`./worker${extension}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: 30_000,
  });
  return {
    async attribute(questions, experiment) {
      const estimated = await pool.run({ kind: 'attribute', questions, experiment });
      if ('answers' in estimated) return estimated.answers;
      throw new Fault('estimator', 'the worker answered another question');
    },
    async predict(request) {
      const estimated = await pool.run({ kind: 'predict', request });
      if ('outcome' in estimated) return estimated.outcome;
      throw new Fault('estimator', 'the worker answered another question');
    },
    close: () => pool.close({ force: true }),
  };
}
