import { attributeAll, design, predictOutcome } from '@tributary/attribution';
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
import { surfaceModel } from '../surface-model/surface-model.ts';
import type { SurfaceOrigin } from '../surface-model/surface-model.ts';

export type Estimate =
  | { readonly kind: 'attribute'; readonly questions: readonly Question[]; readonly experiment: Experiment }
  | { readonly kind: 'predict'; readonly request: PredictionRequest }
  | { readonly kind: 'model'; readonly request: PredictionRequest; readonly origin: SurfaceOrigin }
  | { readonly kind: 'design'; readonly question: DesignQuestion; readonly experiment: Experiment };

export type Estimated =
  | { readonly answers: readonly Answer[] }
  | { readonly outcome: PredictedOutcome }
  | { readonly model: Uint8Array | undefined }
  | { readonly design: ExperimentDesign | Refusal };

/** What a worker thread runs: estimators on plain values. */
export function estimate(task: Estimate): Estimated {
  switch (task.kind) {
    case 'attribute':
      return { answers: attributeAll(task.questions, task.experiment) };
    case 'predict':
      return { outcome: predictOutcome(task.request) };
    case 'model':
      return { model: surfaceModel(task.request, task.origin) };
    case 'design':
      return { design: design(task.question, task.experiment) };
  }
}
