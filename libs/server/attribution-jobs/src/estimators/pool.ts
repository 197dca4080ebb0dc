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
import { Fault, groupBy } from '@tributary/kernel';
import { Piscina } from 'piscina';
import type { Estimate, Estimated } from './estimate.ts';

/** The estimators, in worker threads. */
export type Estimators = {
  /** One answer for each question; q values are computed over all of them. */
  attribute(questions: readonly Question[], experiment: Experiment): Promise<readonly Answer[]>;
  predict(request: PredictionRequest): Promise<PredictedOutcome>;
  design(question: DesignQuestion, experiment: Experiment): Promise<ExperimentDesign | Refusal>;
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
      const groups = [...groupBy(questions, ({ capability }) => capability).values()];
      const answered = await Promise.all(groups.map((group) => attributeGroup(pool, group, experiment)));
      return asOneFamily(answered.flat());
    },
    async predict(request) {
      const estimated = await pool.run({ kind: 'predict', request });
      if ('outcome' in estimated) return estimated.outcome;
      throw new Fault('estimator', 'the worker answered another question');
    },
    async design(question, experiment) {
      const estimated = await pool.run({ kind: 'design', question, experiment });
      if ('design' in estimated) return estimated.design;
      throw new Fault('estimator', 'the worker answered another question');
    },
    close: () => pool.close({ force: true }),
  };
}

type Pool = Piscina<Estimate, Estimated>;

/** Questions about one capability share a response surface, so they go to one worker. */
async function attributeGroup(
  pool: Pool,
  questions: readonly Question[],
  experiment: Experiment,
): Promise<readonly Answer[]> {
  const estimated = await pool.run({ kind: 'attribute', questions, experiment });
  if ('answers' in estimated) return estimated.answers;
  throw new Fault('estimator', 'the worker answered another question');
}
