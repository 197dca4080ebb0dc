import { attributeAll, design, predictOutcome, rankRecipes } from '@tributary/attribution';
import type {
  Answer,
  DesignQuestion,
  Experiment,
  ExperimentDesign,
  PredictedOutcome,
  PredictionRequest,
  Question,
  RankedRuns,
  RankingQuestion,
  RankingRefusal,
  RecipeRanking,
  Refusal,
} from '@tributary/attribution';
import { surfaceModel } from '../surface-model/surface-model.ts';
import type { SurfaceOrigin } from '../surface-model/surface-model.ts';

export type Estimate =
  | { readonly kind: 'attribute'; readonly questions: readonly Question[]; readonly experiment: Experiment }
  | { readonly kind: 'predict'; readonly request: PredictionRequest }
  | { readonly kind: 'model'; readonly request: PredictionRequest; readonly origin: SurfaceOrigin }
  | { readonly kind: 'design'; readonly question: DesignQuestion; readonly experiment: Experiment }
  | { readonly kind: 'rank'; readonly question: RankingQuestion; readonly runs: RankedRuns };

export type Estimated =
  | { readonly answers: readonly Answer[] }
  | { readonly outcome: PredictedOutcome }
  | { readonly model: Uint8Array | undefined }
  | { readonly design: ExperimentDesign | Refusal }
  | { readonly ranking: RecipeRanking | RankingRefusal };

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
    case 'rank':
      return { ranking: rankRecipes(task.question, task.runs) };
  }
}
