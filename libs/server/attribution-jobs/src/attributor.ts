import { familyOf, predictionRequests, refused, unpredictable } from '@tributary/attribution';
import type { Answer, Effect, Experiment, PredictedOutcome, EffectFamily } from '@tributary/attribution';
import { formatEventPosition, groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { arms } from '@tributary/mixture';
import type { Estimators } from './estimators/pool.ts';
import { findExperiment } from './experiment/find-experiment.ts';
import { loadExperiment } from './experiment/load-experiment.ts';
import { summaryOf, questionsOf } from './experiment/summary.ts';
import { predictionOf } from './prediction.ts';
import type { Prediction } from './prediction.ts';
import { refuseMixtures } from './refuse-mixtures.ts';
import type { MixtureInput } from './refuse-mixtures.ts';

export type EffectsRequest = {
  readonly capabilities?: readonly string[] | undefined;
  readonly slices?: readonly string[] | undefined;
  readonly displacement?: string | undefined;
  readonly experiment?: string | undefined;
};

/** Why a question has no answer, by a code, and what to ask instead. */
export type JobRefusal = { readonly ok: false; readonly refusal: string; readonly text: string };

export type EffectsAnswer = {
  readonly ok: true;
  readonly experiment: string;
  readonly effects: readonly Effect[];
  readonly questions: number;
  /** The tests that q values, verdicts and interpretations are corrected over. */
  readonly family: EffectFamily;
};

export type PredictionAnswer = Prediction & {
  readonly ok: true;
  readonly experiment: string;
  /** Positions of the facts behind the training runs, in the order of the log. */
  readonly evidence: readonly string[];
};

export type ExperimentSummary = ReturnType<typeof summaryOf> & { readonly evidence: readonly string[] };

/** Answers questions about experiments as of a position of the log, in this process or in another one. */
export type Attributor = {
  experiments(asOf: LogPosition): Promise<readonly ExperimentSummary[]>;
  attribute(request: EffectsRequest, asOf: LogPosition): Promise<EffectsAnswer | JobRefusal>;
  predict(
    experiment: string,
    mixtures: readonly MixtureInput[],
    asOf: LogPosition,
  ): Promise<PredictionAnswer | JobRefusal>;
};

export function attributor(sql: SqlReader, estimators: Estimators): Attributor {
  return {
    async experiments(asOf) {
      const rows = await sql.all(arms, { experiment_id: null, as_of: asOf });
      const names = [...groupBy(rows, ({ experiment_id }) => experiment_id).keys()];
      const experiments = await Promise.all(names.map((name) => loadExperiment(sql, name, asOf)));
      return experiments.map((experiment) => ({
        ...summaryOf(experiment),
        evidence: evidenceOf(experiment),
      }));
    },

    async attribute(request, asOf) {
      const found = await findExperiment(sql, request.experiment, asOf);
      if (!found.ok) return found;
      const experiment = await loadExperiment(sql, found.name, asOf);
      const questions = questionsOf(experiment, request);
      const answers = await estimators.attribute(questions, experiment);
      const refusal = answers.find(isRefusal);
      if (refusal) return { ok: false, ...refusal };
      const effects = answers.flatMap((answer) => (isRefusal(answer) ? [] : answer.map(inLogOrder)));
      return {
        ok: true,
        experiment: found.name,
        effects,
        questions: questions.length,
        family: familyOf(effects),
      };
    },

    async predict(name, mixtures, asOf) {
      const found = await findExperiment(sql, name, asOf);
      if (!found.ok) return found;
      const experiment = await loadExperiment(sql, found.name, asOf);
      const refusal = refuseMixtures(mixtures, summaryOf(experiment).slices);
      if (refusal) return { ok: false, ...refusal };
      const targets = mixtures.map(({ key, shares }) => ({ mixture: key, shares: sharesOf(shares) }));
      const requests = predictionRequests(experiment, targets);
      const outcomes: PredictedOutcome[] = await Promise.all(
        requests.map((request) => estimators.predict(request)),
      );
      const prediction = predictionOf(outcomes, targets);
      const ofScores = Object.values(experiment.scoreWarnings ?? {}).flat();
      const warnings = [...prediction.warnings, ...unpredictable(experiment), ...ofScores];
      const evidence = evidenceOf(experiment);
      return { ok: true, experiment: found.name, ...prediction, warnings, evidence };
    },
  };
}

const isRefusal = (answer: Answer): answer is Exclude<Answer, readonly Effect[]> => refused(answer);

const inLogOrder = ({ decomposition, ...effect }: Effect): Effect => ({
  ...effect,
  evidence: positionsOf(effect.evidence),
  ...(decomposition && {
    decomposition: { ...decomposition, evidence: positionsOf(decomposition.evidence) },
  }),
});

const evidenceOf = ({ runs }: Experiment): string[] => positionsOf(runs.flatMap(({ evidence }) => evidence));

/** Positions as readers know them, each once in the order of the log. Estimators take packed positions as text. */
const positionsOf = (packed: readonly string[]): string[] =>
  [...new Set(packed.map(Number))].toSorted((left, right) => left - right).map(formatEventPosition);

const sharesOf = (shares: MixtureInput['shares']): Record<string, number> =>
  Object.fromEntries(shares.map(({ slice, share }) => [slice, share]));
