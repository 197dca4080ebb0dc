import { Fault, formatEventPosition } from '@tributary/kernel';
import type { PhaseInForce } from '@tributary/mixture';
import {
  consumedIn,
  consumedInWindows,
  firstCountedStep,
  firstFacts,
  wholeHistory,
} from '@tributary/training';
import { answered, incomplete, MAX_EVIDENCE, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { grouped } from '../exposure/groups.ts';
import { totalsOf } from '../exposure/run-exposure.ts';
import { unrecordedExposure, unrecordedSteps } from '../exposure/unrecorded-steps.ts';
import { MixtureUnit } from '../generated/schema.ts';
import type {
  DriftWindow,
  MixtureDrift,
  PhaseInForce as ShownPhase,
  QueryMixtureDriftArgs,
  Warning,
} from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { unresolvedReason } from '../unresolved-corrections.ts';
import { compared, sumOf } from './compare.ts';
import { oddWeights } from './plan-warnings.ts';
import { plannedRanges } from './planned-ranges.ts';
import type { Plans } from './planned-ranges.ts';
import { MAX_WINDOWS, windowsOf } from './windows.ts';
import type { Steps } from './windows.ts';

export type DriftQuestion = Omit<QueryMixtureDriftArgs, 'asOf'>;

/** Windows where neither their number nor their steps are given. */
const WINDOWS = 10;

/**
 * Planned and realised shares of a run by windows of its steps. Realised is what counts by the definition of `exposure`,
 * and windows add up to it. Throws Fault `unknown_run` where no event mentions the run, `not_positive` for a number of
 * windows or steps that is not, and `two_resolutions` where both are given.
 */
export async function runDrift(
  runtime: Runtime,
  fresh: Freshness,
  question: DriftQuestion,
): Promise<MixtureDrift> {
  const { reader } = runtime.engine;
  const [{ run }, as_of] = [question, fresh.position];
  const { by, tolerance, everyOf } = checked(question);
  const known = await freshnessOfRun(reader, fresh, run);
  const history = await wholeHistory(reader, { run }, as_of);
  const [whole, plans, first, facts, missing] = [
    await consumedIn(reader, history, { run, by: 'slice', as_of }),
    await plannedRanges(reader, history, as_of),
    await firstCountedStep(reader, history, as_of),
    await firstFacts(reader, history, { first: MAX_EVIDENCE, as_of }),
    await unrecordedSteps(reader, { runs: [run], history, as_of }),
  ];
  const steps = { firstStep: first ?? 0, lastStep: whole.lastStep };
  const cut = whole.facts === 0 ? [] : windowsOf(steps, everyOf(steps), changesOf(plans));
  const ends = cut.map(({ lastStep }) => lastStep);
  const consumed = await consumedInWindows(reader, history, ends, { run, as_of, whole });
  const windows = consumed.map((one, at): DriftWindow => {
    const window = cut[at] ?? steps;
    const phase = plans.ranges.find((range) => contains(range, window));
    const shares = compared(one.amounts, phase, by);
    return {
      ...window,
      mixture: phase?.mixture_id ?? null,
      phase: phase?.phase ?? null,
      ...shares,
      outOfTolerance: shares.l1 === null ? null : shares.l1 > tolerance,
      prorated: one.prorated,
      recordedTo: one.recordedTo ?? null,
    };
  });
  const runs = [run, ...history.run_ids].map((id) => `run/${id}`);
  const streams = new Set([...runs, ...plans.streams]);
  const corrections = await unresolvedReason(runtime, as_of, (one) => streams.has(one));
  const reasons = [corrections, ...lackingOf({ steps, windows, plans }), ...unrecordedExposure(missing)];
  const evidence = merged([{ positions: facts, total: whole.facts }, { positions: plans.evidence }]);
  return {
    ...answered(reasons.reduce<Freshness>(incomplete, known), evidence),
    run,
    by,
    tolerance,
    ...toleranceOf(windows),
    phases: plans.ranges.map(shownPhase),
    windows,
    totals: totalsOf(grouped(whole.amounts, new Map(), 'shard')),
    warnings: warningsOf(plans, windows),
  };
}

function checked({ by, windows, every, tolerance }: DriftQuestion) {
  if (typeof windows === 'number' && typeof every === 'number')
    throw new Fault('two_resolutions', 'name a number of windows or the steps of one, not both');
  if ((windows ?? 1) < 1 || (every ?? 1) < 1)
    throw new Fault('not_positive', 'the number of windows and the steps of one are above zero');
  if (!((tolerance ?? 0) >= 0)) throw new Fault('not_positive', 'the tolerance is a number from 0 to 2');
  const count = Math.min(windows ?? WINDOWS, MAX_WINDOWS);
  const everyOf = ({ firstStep, lastStep }: Steps): number =>
    every ?? Math.ceil((lastStep - firstStep + 1) / count);
  return { by: by ?? 'domain', tolerance: tolerance ?? 0.05, everyOf } as const;
}

/** Steps at which the planned shares change. */
const changesOf = ({ ranges }: Plans): number[] =>
  ranges.flatMap(({ firstStep, lastStep }) => [firstStep, lastStep + 1]);

const contains = (outer: Steps, { firstStep, lastStep }: Steps): boolean =>
  outer.firstStep <= firstStep && outer.lastStep >= lastStep;

type Found = { readonly steps: Steps; readonly windows: readonly DriftWindow[]; readonly plans: Plans };

/** What could change the answer if it were recorded, besides exposure. */
function lackingOf({ steps, windows, plans }: Found): string[] {
  if (windows.length === 0) return ['no exposure recorded', ...noPlanAt(plans), ...plans.lacking];
  const last = windows.at(-1)?.lastStep ?? 0;
  const uncompared = windows.filter((window) => window.l1 === null && window.rows.length > 0);
  return [
    ...(last < steps.lastStep
      ? [`only the first ${windows.length} windows are compared, up to step ${last} of ${steps.lastStep}`]
      : []),
    ...noPlanAt(plans),
    ...plans.lacking,
    ...(plans.ranges.length === 0
      ? []
      : severalOf(uncompared, (window) => `${window.reason} (${stepsText(window)})`)),
  ];
}

const noPlanAt = ({ ranges }: Plans): string[] =>
  ranges.length === 0 ? ['no planned mixture is recorded'] : [];

/** The first one, and how many others there are. */
function severalOf(windows: readonly DriftWindow[], text: (window: DriftWindow) => string): string[] {
  const [first, ...others] = windows;
  if (!first) return [];
  return [others.length === 0 ? text(first) : `${text(first)}, and likewise ${others.length} other windows`];
}

const stepsText = ({ firstStep, lastStep }: Steps): string => `steps ${firstStep} to ${lastStep}`;

function toleranceOf(
  windows: readonly DriftWindow[],
): Pick<MixtureDrift, 'outOfToleranceFrom' | 'outOfTolerance' | 'notCompared'> {
  const out = windows.filter(({ outOfTolerance }) => outOfTolerance === true);
  return {
    outOfToleranceFrom: out[0]?.firstStep ?? null,
    outOfTolerance: out.length,
    notCompared: windows.filter(({ l1 }) => l1 === null).length,
  };
}

const shownPhase = (range: PhaseInForce): ShownPhase => ({
  mixture: range.mixture_id,
  decision: formatEventPosition(range.decision),
  phase: range.phase,
  unit: valueOf(MixtureUnit, range.unit, 'the unit of a mixture'),
  sum: sumOf(range.weights),
  firstStep: range.firstStep,
  lastStep: Number.isFinite(range.lastStep) ? range.lastStep : null,
});

function warningsOf({ ranges, warnings }: Plans, windows: readonly DriftWindow[]): Warning[] {
  const unplanned = new Set(
    windows.flatMap(({ rows }) => rows.filter((row) => row.unplanned).map(({ slice }) => slice)),
  );
  const names = [...unplanned].slice(0, 5).join(', ');
  const more = unplanned.size > 5 ? ` and ${unplanned.size - 5} more` : '';
  return [
    ...warnings,
    ...oddWeights(ranges),
    ...(unplanned.size > 0
      ? [{ code: 'slices_not_planned', text: `The plan does not name ${names}${more}.` }]
      : []),
  ];
}
