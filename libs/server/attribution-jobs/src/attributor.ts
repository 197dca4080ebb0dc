import {
  asOneFamily,
  familyOf,
  predictionRequests,
  recordedTestOf,
  refused,
  testedHypotheses,
  trainingWarnings,
  unpredictable,
} from '@tributary/attribution';
import type {
  Answer,
  Effect,
  EffectFamily,
  Experiment,
  LeftOut,
  Origin,
  PredictedOutcome,
  RecordedFamily,
  WhyFound,
} from '@tributary/attribution';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { countedEffects } from './by-attribute/counted-effects.ts';
import type { Counting } from './by-attribute/counting.ts';
import type { MeasuredSlices } from './by-attribute/measured-slices.ts';
import { findSliced } from './by-attribute/find-sliced.ts';
import { UNMEASURED } from './by-attribute/slice-names.ts';
import { designOf } from './design.ts';
import type { DesignAnswer, DesignRequest } from './design.ts';
import type { Estimators } from './estimators/pool.ts';
import { assignedNames } from './experiment/find-experiment.ts';
import type { ExperimentSource } from './experiment/find-experiment.ts';
import { listedExperiment } from './experiment/found-experiments.ts';
import { loadExperiment } from './experiment/load-experiment.ts';
import { recentSearch } from './experiment/recent-search.ts';
import { summaryOf, questionsOf } from './experiment/summary.ts';
import { evidenceOf, inLogOrder } from './in-log-order.ts';
import { predictionOf } from './prediction.ts';
import type { Prediction } from './prediction.ts';
import { exportedSurface } from './surface-model/exported-surface.ts';
import type { ExportedSurface } from './surface-model/exported-surface.ts';
import { rankingOf } from './ranking.ts';
import type { RankingAnswer, RankingRequest } from './ranking.ts';
import { refuseMixtures } from './refuse-mixtures.ts';
import type { MixtureInput } from './refuse-mixtures.ts';

export type EffectsRequest = {
  readonly capabilities?: readonly string[] | undefined;
  readonly slices?: readonly string[] | undefined;
  readonly displacement?: string | undefined;
  readonly experiment?: string | undefined;
  /** The slices that the question is about; the recorded ones where absent. */
  readonly by?: MeasuredSlices | undefined;
  /** Capabilities that the slices cannot change: controls of every effect. */
  readonly negativeControlOutcomes?: readonly string[] | undefined;
  /** The recorded family that the tests belong to, by default that of the experiment; absent: the request stands alone. */
  readonly recorded?: { readonly family?: string | undefined } | undefined;
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
  /** How the slices were counted; absent where they are the recorded ones. */
  readonly counting?: Counting | undefined;
};

export type PredictionAnswer = Prediction & {
  readonly ok: true;
  readonly experiment: string;
  /** How the slices were counted; absent where they are the recorded ones. */
  readonly counting?: Counting | undefined;
  /** The surface of the outcome that was asked for as a model; absent where none was. */
  readonly model?: ExportedSurface | undefined;
  /** Positions of the facts behind the training runs, in the order of the log. */
  readonly evidence: readonly string[];
};

type PredictionOptions = {
  /** The slices that mixtures are of; the recorded ones where absent. */
  readonly by?: MeasuredSlices | undefined;
  /** An outcome whose surface is returned as a model too. */
  readonly model?: string | undefined;
};

export type ExperimentSummary = ReturnType<typeof summaryOf> & {
  /** How it was found; null where it was assigned. */
  readonly why: WhyFound | null;
  readonly evidence: readonly string[];
};

/** A part of the list: so many experiments after the one with an id. */
export type ExperimentPage = { readonly after?: string | undefined; readonly first: number };

export type ExperimentList = {
  /** Those of the page, in the order of their ids. */
  readonly experiments: readonly ExperimentSummary[];
  /** Of all pages. */
  readonly total: number;
  /** The place of the first of the page in the whole list; null where no experiment has the id that it comes after. */
  readonly start: number | null;
  /** Runs that belong to no experiment, by reason; none where only assigned experiments were asked for. */
  readonly leftOut: readonly LeftOut[];
};
/** Answers questions about experiments as of a position of the log, in this process or in another one. */
export type Attributor = {
  /** The experiments of one origin, or all. Only what is recorded of those of the page is read. */
  experiments(asOf: LogPosition, origin?: Origin, page?: ExperimentPage): Promise<ExperimentList>;
  attribute(request: EffectsRequest, asOf: LogPosition): Promise<EffectsAnswer | JobRefusal>;
  predict(
    experiment: string,
    mixtures: readonly MixtureInput[],
    asOf: LogPosition,
    options?: PredictionOptions,
  ): Promise<PredictionAnswer | JobRefusal>;
  design(request: DesignRequest, asOf: LogPosition): Promise<DesignAnswer | JobRefusal>;
  /** How often runs of one scale order recipes as those of another one do. */
  rank(request: RankingRequest, asOf: LogPosition): Promise<RankingAnswer | JobRefusal>;
};

export function attributor(sql: SqlReader, estimators: Estimators): Attributor {
  const source = { sql, search: recentSearch(sql) };
  return {
    async experiments(asOf, origin, { after, first } = EVERY) {
      const names = await assignedNames(sql, asOf);
      const { leftOut, ...searched } =
        origin === 'assigned' ? NONE_FOUND : await foundIn(source, names, asOf);
      const listed = [...(origin === 'found' ? [] : names.map(assignedIn(sql, asOf))), ...searched.listed];
      const inOrder = listed.toSorted((left, right) => (left.id < right.id ? -1 : 1));
      const before = after === undefined ? -1 : inOrder.findIndex(({ id }) => id === after);
      const isUnknown = after !== undefined && before < 0;
      const paged = isUnknown ? [] : inOrder.slice(before + 1, before + 1 + first);
      return {
        experiments: await Promise.all(paged.map(({ summary }) => summary())),
        total: listed.length,
        start: isUnknown ? null : before + 1,
        leftOut,
      };
    },

    async attribute(request, asOf) {
      const { by } = request;
      const found = await findSliced(source, request.experiment, by, asOf);
      if (!found.ok) return found;
      const { experiment, resliced } = found;
      const all = questionsOf(experiment, request);
      const questions = request.slices ? all : all.filter(({ slice }) => slice !== UNMEASURED || !by);
      const estimated = await estimators.attribute(questions, experiment);
      const counted = by && resliced ? countedEffects(estimated, resliced, by) : estimated;
      const recorded = await recordedFamily(sql, request, experiment.name, asOf);
      const answers = recorded || by ? asOneFamily(counted, recorded) : counted;
      const refusal = answers.find(isRefusal);
      if (refusal) return { ok: false, ...refusal };
      const effects = answers.flatMap((answer) => (isRefusal(answer) ? [] : answer.map(inLogOrder)));
      return {
        ok: true,
        experiment: experiment.name,
        effects,
        questions: questions.length,
        family: familyOf(effects, recorded),
        counting: resliced?.counting,
      };
    },

    predict: (experiment, mixtures, asOf, options = {}) =>
      predictedBy(source, estimators, { ...options, experiment, mixtures, asOf }),

    design: (request, asOf) => designOf(source, estimators, request, asOf),

    rank: (request, asOf) => rankingOf(sql, estimators, request, asOf),
  };
}

type PredictionAsked = PredictionOptions & {
  readonly experiment: string;
  readonly mixtures: readonly MixtureInput[];
  readonly asOf: LogPosition;
};

async function predictedBy(
  source: ExperimentSource,
  estimators: Estimators,
  { experiment: name, mixtures, asOf, by, model: asked }: PredictionAsked,
): Promise<PredictionAnswer | JobRefusal> {
  const found = await findSliced(source, name, by, asOf);
  if (!found.ok) return found;
  const { experiment, resliced } = found;
  const refusal = refuseMixtures(mixtures, summaryOf(experiment).slices);
  if (refusal) return { ok: false, ...refusal };
  const targets = mixtures.map(({ key, shares }) => ({ mixture: key, shares: sharesOf(shares) }));
  const requests = predictionRequests(experiment, targets);
  const outcomes: PredictedOutcome[] = await Promise.all(
    requests.map((request) => estimators.predict(request)),
  );
  const origin = { experiment: experiment.name, asOf };
  const exported =
    asked === undefined ? undefined : await exportedSurface(estimators, requests, asked, origin);
  if (exported && 'refusal' in exported) return exported;
  const prediction = predictionOf(outcomes, targets);
  const ofScores = Object.values(experiment.scoreWarnings ?? {}).flat();
  const { counting } = resliced ?? {};
  const warnings = [
    ...prediction.warnings,
    ...unpredictable(experiment),
    ...trainingWarnings(experiment),
    ...ofScores,
    ...(counting?.warnings ?? []),
  ];
  const evidence = evidenceOf(experiment);
  const whole = { ...prediction, warnings, evidence, counting };
  return { ok: true, experiment: experiment.name, ...whole, ...(exported && { model: exported }) };
}

const EVERY: ExperimentPage = { first: Infinity };

/** An experiment of the list, and what reads the rest of it. */
type Listed = { readonly id: string; readonly summary: () => Promise<ExperimentSummary> };

const NONE_FOUND: { readonly listed: readonly Listed[]; readonly leftOut: readonly LeftOut[] } = {
  listed: [],
  leftOut: [],
};

const assignedIn =
  (sql: SqlReader, asOf: LogPosition) =>
  (id: string): Listed => ({
    id,
    summary: async () => summarised(await loadExperiment(sql, id, asOf), null),
  });

async function foundIn(
  { search }: ExperimentSource,
  assigned: readonly string[],
  asOf: LogPosition,
): Promise<typeof NONE_FOUND> {
  const { found, observed, leftOut, recorded } = await search(assigned, asOf);
  const listed = [...found, ...observed].map((one) => ({
    id: one.name,
    summary: () => Promise.resolve(summarised(listedExperiment(one, recorded), one.why)),
  }));
  return { listed, leftOut };
}

/** What was recorded of the family by then. */
async function recordedFamily(
  sql: SqlReader,
  { recorded }: EffectsRequest,
  experiment: string,
  as_of: LogPosition,
): Promise<RecordedFamily | undefined> {
  if (!recorded) return undefined;
  const name = recorded.family ?? experiment;
  const rows = await sql.all(testedHypotheses, { family_id: name, as_of });
  return { name, experiment, tests: rows.map(recordedTestOf) };
}

const isRefusal = (answer: Answer): answer is Exclude<Answer, readonly Effect[]> => refused(answer);

const summarised = (experiment: Experiment, why: WhyFound | null): ExperimentSummary => ({
  ...summaryOf(experiment),
  why,
  evidence: evidenceOf(experiment),
});

const sharesOf = (shares: MixtureInput['shares']): Record<string, number> =>
  Object.fromEntries(shares.map(({ slice, share }) => [slice, share]));
