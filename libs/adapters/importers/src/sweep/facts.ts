import type { FactCatalogue } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { groupBy } from '@tributary/kernel';
import { sha256Of } from '../facts/text.ts';
import type { ImportRequest } from '../importer.ts';
import { importedEvent } from '../facts/imported-event.ts';
import type { ImportedEvent, ImporterName, NewFact, Origin } from '../facts/imported-event.ts';
import { chunksOf, requireNonEmpty } from '../facts/chunks.ts';
import type { Arm, ArmRun, Design } from './arm.ts';
import type { Experiment, MixtureGroup } from './experiment.ts';
import { parametersOf } from './file-tokens.ts';
import { sliceOrigins } from './mixture-table.ts';
import { ROUNDING } from './mixture-row.ts';

const ARMS_PER_FACT = 200;

type Emit = (origin: Origin, entity: string, fact: NewFact) => ImportedEvent;

/** All facts of an experiment: taxonomy, mixtures and assignments, then those of each run. */
export function experimentFacts(
  importer: ImporterName,
  experiment: Experiment,
  arms: readonly Arm[],
  request: ImportRequest,
): ImportedEvent[] {
  const emit: Emit = (origin, entity, fact) =>
    importedEvent(importer, origin, `${experiment.name}|${entity}`, fact);
  const taxonomy = taxonomyFact(experiment);
  const version = taxonomy.data.version;
  const trained = arms.flatMap(withTrainedRuns);
  return [
    emit(originOf(experiment.groups[0]), version, taxonomy),
    ...distinctMixtures(arms).map((arm) => planFact(emit, experiment, arm, version)),
    ...assignmentFacts(emit, experiment, trained, request),
    ...trained.flatMap((arm) => arm.runs.flatMap((run) => runFacts(emit, experiment, arm, run))),
  ];
}

const originOf = (group: MixtureGroup | undefined, line = 1): Origin => ({
  sha256: group?.pair.mixtures.table.sha256 ?? '',
  pointer: `line:${line}`,
});

/** The arm with its trained runs; none if it has none. Rows of a table without outcomes are plans. */
function withTrainedRuns(arm: Arm): Arm[] {
  const runs = arm.runs.filter(({ group }) => group.pair.outcomes.length > 0);
  return runs.length > 0 ? [{ ...arm, runs }] : [];
}

const distinctMixtures = (arms: readonly Arm[]): Arm[] =>
  [...groupBy(arms, ({ mixtureId }) => mixtureId).values()].flatMap(([first]) => first ?? []);

/** The taxonomy of the slices. Its version is a digest of the slices. */
function taxonomyFact(experiment: Experiment) {
  const origins = experiment.groups.flatMap((group) => sliceOrigins(group.pair.mixtures));
  const slices = [...groupBy(origins, ({ slice }) => slice)].map(([slice, [first]]) => ({
    slice,
    title: slice,
    definition: (first?.origin ?? slice).slice(0, 4096),
  }));
  const version = sha256Of(canonicalJson(slices)).slice(0, 12);
  const rationale = 'The slices are the columns of the imported mixture tables.';
  const data = { taxonomyId: experiment.name, version, slices: requireNonEmpty(slices), rationale };
  return { type: 'corpus.taxonomy.versioned', data } as const;
}

function planFact(emit: Emit, experiment: Experiment, arm: Arm, taxonomyVersion: string): ImportedEvent {
  const { group, row } = requireNonEmpty(arm.runs)[0];
  const phase = {
    name: 'all',
    fromStep: 0,
    weights: requireNonEmpty(row.weights.map((weight) => ({ ...weight }))),
  };
  return emit(originOf(group, row.line), arm.mixtureId, {
    type: 'mixture.plan.decided',
    data: {
      mixtureId: arm.mixtureId,
      experimentId: experiment.name,
      taxonomyVersion,
      unit: 'token_share',
      phases: [phase],
      rationale: `imported from a mixture table, row ${row.key}; who decided and why is not recorded there`,
      decidedBy: 'unknown',
    },
  });
}

/**
 * One fact for each design and up to 200 arms. Its id covers its content, because the assignment can be declared in a
 * later import.
 */
function assignmentFacts(
  emit: Emit,
  experiment: Experiment,
  arms: readonly Arm[],
  request: ImportRequest,
): ImportedEvent[] {
  return [...groupBy(arms, ({ design }) => design)].flatMap(([design, members]) => {
    const control = members.find((arm) => arm.control)?.arm;
    return chunksOf(members, ARMS_PER_FACT).map((chunk) => {
      const data: FactCatalogue['mixture.experiment.assigned'] = {
        experimentId: experiment.name,
        design,
        ...assignmentOf(design, request),
        ...(control !== undefined && { control }),
        arms: requireNonEmpty(chunk.map(({ arm, mixtureId, role }) => ({ arm, mixtureId, role }))),
      };
      const entity = sha256Of(canonicalJson(data));
      return emit(originOf(chunk[0]?.runs[0]?.group), entity, { type: 'mixture.experiment.assigned', data });
    });
  });
}

/** The declared assignment. Observational runs were never assigned. */
function assignmentOf(design: Design, request: ImportRequest) {
  if (design === 'observational') return { assignment: 'unknown' as const };
  const { assignment = 'unknown', randomisation } = request;
  return { assignment, ...(assignment === 'randomised' && randomisation && { randomisation }) };
}

function runFacts(emit: Emit, experiment: Experiment, arm: Arm, run: ArmRun): ImportedEvent[] {
  const { runId, group, row } = run;
  const origin = originOf(group, row.line);
  const lastStep = row.step ?? 0;
  const attempt = 1;
  const tokens = row.tokens === undefined ? {} : { tokens: row.tokens };
  return [
    emit(origin, runId, { type: 'training.run.started', data: startOf(experiment, arm, run) }),
    emit(origin, runId, {
      type: 'training.exposure.recorded',
      data: { runId, attempt, firstStep: 0, lastStep, method: 'declared', ...exposureOf(run) },
    }),
    ...scoreFacts(emit, run, lastStep),
    emit(origin, runId, {
      type: 'training.run.ended',
      data: { runId, attempt, status: 'completed', lastStep, ...tokens },
    }),
  ];
}

function startOf(
  experiment: Experiment,
  arm: Arm,
  { runId, row }: ArmRun,
): FactCatalogue['training.run.started'] {
  return {
    runId,
    attempt: 1,
    experimentId: experiment.name,
    arm: arm.arm,
    mixtureId: arm.mixtureId,
    model: modelOf(experiment.scale),
    config: row.config,
    seeds: row.seed === undefined ? {} : { init: row.seed, dataOrder: row.seed },
    ...(row.tokens !== undefined && { tokenBudget: row.tokens }),
  };
}

function modelOf(scale: string | undefined) {
  return scale === undefined ? { name: 'unknown' } : { name: scale, parameters: parametersOf(scale) };
}

/**
 * The exposure of a run in tokens if the table has a total, otherwise in shares. Shares that do not sum to one are
 * normalised.
 */
function exposureOf({ row }: ArmRun) {
  const unnormalised = Math.abs(row.sum - 1) > ROUNDING;
  const amounts = row.weights.map(({ slice, weight }) => {
    if (row.tokens !== undefined) return { slice, amount: Math.round((weight / row.sum) * row.tokens) };
    return { slice, amount: unnormalised ? weight / row.sum : weight };
  });
  const unit = row.tokens === undefined ? ('share' as const) : ('token' as const);
  return { unit, amounts: requireNonEmpty(amounts) };
}

function scoreFacts(emit: Emit, { runId, group, row }: ArmRun, step: number): ImportedEvent[] {
  return (group.outcomes.get(row.key) ?? []).map((outcome) => {
    const { capability, metric, value, items, stderr, line, sha256 } = outcome;
    return emit({ sha256, pointer: `line:${line}` }, canonicalJson([runId, capability, metric.name]), {
      type: 'evaluation.score.recorded',
      data: {
        runId,
        step,
        ...(row.tokens !== undefined && { tokens: row.tokens }),
        capability,
        benchmark: capability,
        metric: metric.name,
        harness: { name: 'unknown', version: 'unknown' },
        value,
        ...(stderr !== undefined && { stderr }),
        ...(items !== undefined && { items }),
        unit: metric.unit,
        higherIsBetter: metric.higherIsBetter,
        method: 'reported',
      },
    });
  });
}
