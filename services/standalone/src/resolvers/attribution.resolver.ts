import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { predictionRequests, refused } from '@tributary/attribution';
import type { Answer, Effect, PredictedOutcome } from '@tributary/attribution';
import { groupBy } from '@tributary/kernel';
import { arms } from '@tributary/mixture';
import type { Estimators } from '../estimators/pool.ts';
import { findExperiment } from '../experiment/find-experiment.ts';
import { loadExperiment } from '../experiment/load-experiment.ts';
import { outline, questionsOf } from '../experiment/outline.ts';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Spine } from '../spine.ts';
import { ESTIMATORS, SPINE } from '../tokens.ts';

type AttributionArgs = {
  capabilities?: string[];
  slices?: string[];
  displacement?: string;
  experiment?: string;
  asOf?: string;
};
type MixtureInput = { key: string; shares: { slice: string; share: number }[] };
type PredictionArgs = { experiment: string; mixtures: MixtureInput[]; asOf?: string };

@Resolver()
export class AttributionResolver {
  readonly #spine: Spine;
  readonly #estimators: Estimators;

  constructor(@Inject(SPINE) spine: Spine, @Inject(ESTIMATORS) estimators: Estimators) {
    this.#spine = spine;
    this.#estimators = estimators;
  }

  @Query('experiments')
  async experiments(@Args() { asOf }: { asOf?: string }) {
    const fresh = await freshness(this.#spine, asOf);
    const { reader } = this.#spine.engine;
    const rows = await reader.all(arms, { experiment_id: null, as_of: fresh.ordinal });
    const names = [...groupBy(rows, ({ experiment_id }) => experiment_id).keys()];
    const loaded = await Promise.all(names.map((name) => loadExperiment(reader, name, fresh.ordinal)));
    return loaded.map((experiment) => ({ ...outline(experiment), asOf: fresh.asOf }));
  }

  @Query('attribution')
  async attribution(@Args() args: AttributionArgs) {
    const fresh = await freshness(this.#spine, args.asOf);
    const { reader } = this.#spine.engine;
    const found = await findExperiment(reader, args.experiment, fresh.ordinal);
    if (!found.ok) return { __typename: 'AttributionRefused', ...found };
    const { name } = found;
    const experiment = await loadExperiment(reader, name, fresh.ordinal);
    const questions = questionsOf(experiment, args);
    const answers = await this.#estimators.attribute(questions, experiment);
    const refusal = answers.find(isRefusal);
    if (refusal) return { __typename: 'AttributionRefused', ...refusal };
    const effects = answers.flatMap((answer) => (isRefusal(answer) ? [] : answer.map(inLogOrder)));
    return { __typename: 'Attribution', experiment: name, effects, questions: questions.length, ...fresh };
  }

  @Query('prediction')
  async prediction(@Args() { experiment: asked, mixtures, asOf }: PredictionArgs) {
    const fresh = await freshness(this.#spine, asOf);
    const { reader } = this.#spine.engine;
    const found = await findExperiment(reader, asked, fresh.ordinal);
    if (!found.ok) return { __typename: 'PredictionRefused', ...found };
    const { name } = found;
    const experiment = await loadExperiment(reader, name, fresh.ordinal);
    const refusal = refuseMixtures(mixtures, outline(experiment).slices);
    if (refusal) return { __typename: 'PredictionRefused', ...refusal };
    const targets = mixtures.map(({ key, shares }) => ({ mixture: key, shares: sharesOf(shares) }));
    const requests = predictionRequests(experiment, targets);
    const outcomes = await Promise.all(requests.map((request) => this.#estimators.predict(request)));
    const prediction = predictionOf(outcomes, targets);
    const ofScores = Object.values(experiment.scoreWarnings ?? {}).flat();
    const warnings = [...prediction.warnings, ...ofScores];
    return { __typename: 'Prediction', experiment: name, ...prediction, warnings, ...fresh };
  }
}

const isRefusal = (answer: Answer): answer is Exclude<Answer, readonly Effect[]> => refused(answer);

/** Estimators take positions as text; readers want them in the order of the log. */
const inLogOrder = (effect: Effect): Effect => ({
  ...effect,
  evidence: evidenceOf(effect.evidence.map(Number)),
});

const sharesOf = (shares: MixtureInput['shares']): Record<string, number> =>
  Object.fromEntries(shares.map(({ slice, share }) => [slice, share]));

/** Mixtures that name slices nobody trained on, or that hold nothing. */
function refuseMixtures(mixtures: readonly MixtureInput[], known: readonly string[]) {
  for (const { key, shares } of mixtures) {
    const stranger = shares.find(({ slice }) => !known.includes(slice));
    if (stranger)
      return {
        refusal: 'unknown_slice',
        text: `Mixture ${key}: no slice ${stranger.slice}; there are ${known.join(', ')}.`,
      };
    const wrong = shares.find(({ share }) => !(share >= 0));
    if (wrong)
      return {
        refusal: 'negative_share',
        text: `Mixture ${key}: the share of ${wrong.slice} is ${wrong.share}.`,
      };
    if (!shares.some(({ share }) => share > 0))
      return { refusal: 'empty_mixture', text: `Mixture ${key} has no share above zero.` };
  }
  return undefined;
}

type Targets = readonly { readonly mixture: string }[];

function predictionOf(outcomes: readonly PredictedOutcome[], targets: Targets) {
  const fitted = outcomes.filter(({ rows }) => rows.length === targets.length);
  const column = (index: number, pick: (row: PredictedOutcome['rows'][number]) => number) =>
    fitted.flatMap(({ rows }) => rows.slice(index, index + 1).map(pick));
  return {
    outcomes: fitted.map(({ capability }) => capability),
    surfaces: fitted.map(({ capability, unit, estimator, chosenBy, n }) => ({
      outcome: capability,
      unit,
      id: estimator?.id ?? '',
      version: estimator?.version ?? '',
      chosenBy: chosenBy ?? '',
      runs: n.runs,
    })),
    rows: targets.map(({ mixture }, index) => ({
      key: mixture,
      mean: column(index, ({ mean }) => mean),
      low: column(index, ({ low }) => low),
      high: column(index, ({ high }) => high),
      extrapolates: fitted.some(({ rows }) => rows[index]?.outsideHull === true),
      hullDistance: Math.max(0, ...column(index, ({ hullDistance }) => hullDistance)),
    })),
    warnings: predictionWarnings(outcomes, fitted),
  };
}

function predictionWarnings(outcomes: readonly PredictedOutcome[], fitted: readonly PredictedOutcome[]) {
  const missing = outcomes.filter((outcome) => !fitted.includes(outcome)).map(({ capability }) => capability);
  return missing.map((capability) => ({
    code: 'no_surface',
    text: `Too few training runs to fit a surface for ${capability}.`,
  }));
}
