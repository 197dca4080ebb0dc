import { attributeAll, predictOutcome } from '@tributary/attribution';
import type {
  Answer,
  Experiment,
  PredictedOutcome,
  PredictionRequest,
  Question,
} from '@tributary/attribution';

export type Estimate =
  | { readonly kind: 'attribute'; readonly questions: readonly Question[]; readonly experiment: Experiment }
  | { readonly kind: 'predict'; readonly request: PredictionRequest };

export type Estimated = { readonly answers: readonly Answer[] } | { readonly outcome: PredictedOutcome };

/** What a worker thread runs: estimators on plain values. */
export function estimate(task: Estimate): Estimated {
  switch (task.kind) {
    case 'attribute':
      return { answers: attributeAll(task.questions, task.experiment) };
    case 'predict':
      return { outcome: predictOutcome(task.request) };
  }
}
