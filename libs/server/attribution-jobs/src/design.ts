import { refused } from '@tributary/attribution';
import type { DesignQuestion, ExperimentDesign } from '@tributary/attribution';
import type { LogPosition } from '@tributary/kernel';
import type { JobRefusal } from './attributor.ts';
import type { Estimators } from './estimators/pool.ts';
import { findExperiment } from './experiment/find-experiment.ts';
import type { ExperimentSource } from './experiment/find-experiment.ts';
import { evidenceOf, inLogOrder } from './in-log-order.ts';

/** A question of a design about the experiment; the only one where none is named. */
export type DesignRequest = DesignQuestion & { readonly experiment?: string | undefined };

export type DesignAnswer = ExperimentDesign & {
  readonly ok: true;
  readonly experiment: string;
  /** Positions of the facts behind the recorded runs, in the order of the log. */
  readonly evidence: readonly string[];
};

/** The runs to launch next for a question, as of a position of the log. */
export async function designOf(
  source: ExperimentSource,
  estimators: Estimators,
  { experiment: name, ...question }: DesignRequest,
  asOf: LogPosition,
): Promise<DesignAnswer | JobRefusal> {
  const found = await findExperiment(source, name, asOf);
  if (!found.ok) return found;
  const { experiment } = found;
  const designed = await estimators.design(question, experiment);
  if (refused(designed)) return { ok: false, ...designed };
  const plans = designed.plans.map((plan) => ({ ...plan, now: plan.now && inLogOrder(plan.now) }));
  return { ok: true, experiment: experiment.name, ...designed, plans, evidence: evidenceOf(experiment) };
}
