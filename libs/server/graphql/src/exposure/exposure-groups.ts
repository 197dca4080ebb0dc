import type { LogPosition, SqlReader } from '@tributary/kernel';
import {
  amountOf,
  consumedByRun,
  consumedByRunInWindows,
  firstCountedStep,
  firstFacts,
  ownHistory,
  startedRuns,
  unstartedRuns,
} from '@tributary/training';
import type { CountedHistory, RunWindow } from '@tributary/training';
import {
  answered,
  incomplete,
  MAX_EVIDENCE,
  merged,
  withCorrectionsOf,
  withCorrectionsOfShards,
} from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { MAX_WINDOWS, windowsOf } from '../drift/windows.ts';
import type { Steps } from '../drift/windows.ts';
import { ExposureUnit } from '../generated/schema.ts';
import type { ExposureGroup, ExposureGroups } from '../generated/schema.ts';
import { freshnessOfRun, requireExperiment, requireName } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { checkedQuestion } from './group-question.ts';
import type { CheckedQuestion, GroupsQuestion } from './group-question.ts';
import { groupSums } from './group-sums.ts';
import type { GroupSum } from './group-sums.ts';
import { doubtsAbout, totalsOf, weakestOf } from './run-exposure.ts';
import { labelsOf } from './shard-labels.ts';
import type { ShardLabel } from './shard-labels.ts';
import { unrecordedExposure, unrecordedSteps } from './unrecorded-steps.ts';

/** Runs that are added up in one answer. */
const MAX_RUNS = 1_000;
/** Runs of which the facts behind an answer are listed. */
const LISTED_RUNS = 10;
/** Windows where neither their number nor their steps are given. */
const WINDOWS = 10;

/**
 * What several runs consumed themselves, by groups. Amounts are exact sums of what `exposure` counts, and windows are
 * differences of such sums. Throws Fault `unknown_run` or `unknown_experiment` where no event mentions it, and the faults
 * of `checkedQuestion`.
 */
export async function exposureGroups(
  runtime: Runtime,
  fresh: Freshness,
  asked: GroupsQuestion,
): Promise<ExposureGroups> {
  const { reader } = runtime.engine;
  const question = checkedQuestion(asked);
  const selected = await selectedRuns(reader, fresh, question);
  const { runs } = selected;
  const [as_of, history] = [fresh.position, await ownHistory(reader, runs, fresh.position)];
  const by = question.needsShards ? 'shard' : 'slice';
  const [whole, steps] = await stepsOf(reader, history, { question, by, as_of });
  const cut = steps ? windowsIn(steps, question) : [];
  const before = typeof question.fromStep === 'number' ? question.fromStep - 1 : -1;
  const ends = cut.map(({ lastStep }) => lastStep);
  const among = { by, as_of, before, whole } as const;
  const consumed = steps ? await consumedByRunInWindows(reader, history, ends, among) : [];
  const windows = consumed.map((one, at) => ({ ...one, steps: cut[at] ?? { firstStep: 0, lastStep: 0 } }));
  const { attribute } = question;
  const labels = question.needsShards
    ? await labelsOf(reader, shardsOf(consumed), { attribute, as_of })
    : new Map<string, ShardLabel>();
  const sums = groupSums(windows, labels, question);
  const listed = sums.slice(0, question.first);
  const lacking = [
    ...selected.lacking,
    ...(sums.length === 0 ? ['no such exposure recorded'] : []),
    ...notListed(sums, listed),
    ...notReached(steps, cut),
    ...(await unrecordedIn(reader, history, { question, as_of })),
    ...doubtsAbout(labels),
  ];
  const positions = await factsOf(reader, history, as_of);
  const known = await withCorrectionsIn(question)(runtime, selected.fresh, runs);
  return {
    ...answered(lacking.reduce<Freshness>(incomplete, known), merged([{ positions, total: whole.facts }])),
    by: question.by,
    attribute: attribute || null,
    runs: runs.length,
    firstStep: steps?.firstStep ?? null,
    lastStep: cut.at(-1)?.lastStep ?? null,
    groups: groupsOf(listed, sums),
    groupCount: sums.length,
    totals: totalsOf(sums.map(withoutInherited)),
    omitted: totalsOf(sums.slice(question.first).map(withoutInherited)),
    prorated: whole.prorated,
  };
}

const withCorrectionsIn = ({ needsShards }: CheckedQuestion) =>
  needsShards ? withCorrectionsOfShards : withCorrectionsOf;

type Selected = { readonly runs: string[]; readonly fresh: Freshness; readonly lacking: readonly string[] };

/** The runs that are named, those of an experiment, or all; at most so many, in the order of their ids. */
async function selectedRuns(
  reader: SqlReader,
  fresh: Freshness,
  { runs, experiment }: CheckedQuestion,
): Promise<Selected> {
  const first = MAX_RUNS + 1;
  const page = { run_id: null, run_ids: [], prefix: '', after: '', first, as_of: fresh.position };
  if (runs) {
    let known = fresh;
    for (const run of runs.slice(0, MAX_RUNS)) known = await freshnessOfRun(reader, known, run);
    return limited([...new Set(runs)], known);
  }
  requireName('experiment', experiment, fresh);
  const started = await reader.all(startedRuns, { ...page, experiment_id: experiment ?? null });
  if (experiment && started.length === 0) await requireExperiment(reader, fresh, experiment);
  const unstarted = experiment ? [] : await reader.all(unstartedRuns, { ...page, start_from: 1 });
  /* A run with a plan and no start is in both. */
  const found = [...new Set([...started, ...unstarted].map(({ run_id }) => run_id))];
  const lacking =
    unstarted.length === 0 ? undefined : `the start of ${unstarted.length} of the runs was never recorded`;
  return limited(found.toSorted(), incomplete(fresh, lacking));
}

const limited = (runs: string[], fresh: Freshness): Selected => ({
  runs: runs.slice(0, MAX_RUNS),
  fresh,
  lacking: runs.length > MAX_RUNS ? [`only the first ${MAX_RUNS} runs are added up`] : [],
});

type Asked = {
  readonly question: CheckedQuestion;
  readonly by: 'slice' | 'shard';
  readonly as_of: LogPosition;
};

/** What all runs consumed up to the last step that is asked for, and the steps between the first and the last of them. */
async function stepsOf(reader: SqlReader, history: CountedHistory, { question, by, as_of }: Asked) {
  const { fromStep, toStep } = question;
  const whole = await consumedByRun(reader, endedAt(history, toStep), { by, as_of });
  const first = fromStep ?? (await firstCountedStep(reader, history, as_of)) ?? 0;
  const steps: Steps = { firstStep: Math.min(first, whole.lastStep), lastStep: whole.lastStep };
  return [whole, whole.facts === 0 || first > whole.lastStep ? undefined : steps] as const;
}

const endedAt = (history: CountedHistory, step: CheckedQuestion['toStep']): CountedHistory =>
  typeof step !== 'number'
    ? history
    : { ...history, ends: history.ends.map((own) => Math.min(own, step + 1)) };

/** Runs whose missing steps are named; more are counted. */
const NAMED = 3;

/** Runs that have steps without exposure among those that are asked about. */
async function unrecordedIn(
  reader: SqlReader,
  history: CountedHistory,
  { question, as_of }: Pick<Asked, 'question' | 'as_of'>,
): Promise<string[]> {
  const runs = [...new Set(history.run_ids)];
  const asked = { runs, history: endedAt(history, question.toStep), as_of };
  const unrecorded = await unrecordedSteps(reader, { ...asked, fromStep: question.fromStep ?? 0 });
  const missing = unrecordedExposure(unrecorded);
  const more = missing.length - NAMED;
  return [
    ...missing.slice(0, NAMED),
    ...(more > 0 ? [`so of ${more} more ${more === 1 ? 'run' : 'runs'}`] : []),
  ];
}

function windowsIn(steps: Steps, { by, windows, every }: CheckedQuestion): Steps[] {
  if (!by.includes('window')) return [steps];
  const count = Math.min(windows ?? WINDOWS, MAX_WINDOWS);
  return windowsOf(steps, every ?? Math.ceil((steps.lastStep - steps.firstStep + 1) / count), []);
}

const shardsOf = (windows: readonly RunWindow[]): string[] => [
  ...new Set(windows.flatMap(({ amounts }) => amounts.map(({ shard }) => shard))),
];

async function factsOf(reader: SqlReader, history: CountedHistory, as_of: LogPosition): Promise<number[]> {
  const few = new Set([...new Set(history.run_ids)].slice(0, LISTED_RUNS));
  const kept = history.run_ids.flatMap((run, at) => (few.has(run) ? [at] : []));
  const own = {
    ...history,
    run_ids: kept.flatMap((at) => history.run_ids[at] ?? []),
    attempts: kept.flatMap((at) => history.attempts[at] ?? []),
    ends: kept.flatMap((at) => history.ends[at] ?? []),
  };
  return firstFacts(reader, own, { first: MAX_EVIDENCE, as_of });
}

const notListed = (sums: readonly GroupSum[], listed: readonly GroupSum[]): string[] =>
  sums.length === listed.length ? [] : [`${listed.length} of ${sums.length} groups are listed`];

const notReached = (steps: Steps | undefined, cut: readonly Steps[]): string[] => {
  const last = cut.at(-1)?.lastStep ?? 0;
  if (!steps || last >= steps.lastStep) return [];
  return [`only the first ${cut.length} windows are added up, up to step ${last} of ${steps.lastStep}`];
};

const withoutInherited = ({ unit, whole }: GroupSum) => ({ unit, whole, inherited: 0n });

function groupsOf(listed: readonly GroupSum[], all: readonly GroupSum[]): ExposureGroup[] {
  const totals = new Map<string, bigint>();
  for (const { unit, whole } of all) totals.set(unit, (totals.get(unit) ?? 0n) + whole);
  return listed.map(({ names, window, unit, whole, methods }) => {
    const amount = amountOf(whole);
    const total = totals.get(unit) ?? 0n;
    const name = (by: 'run' | 'domain' | 'slice' | 'shard' | 'source' | 'licence' | 'attribute') =>
      names.get(by) ?? null;
    return {
      run: name('run'),
      domain: name('domain'),
      slice: name('slice'),
      shard: name('shard'),
      source: name('source'),
      licence: name('licence'),
      value: name('attribute'),
      firstStep: window?.firstStep ?? null,
      lastStep: window?.lastStep ?? null,
      unknown: [...names].flatMap(([by, found]) => (found === null && by !== 'window' ? [by] : [])),
      unit: valueOf(ExposureUnit, unit, 'the unit of an amount'),
      tokens: unit === 'token' ? Math.round(amount) : null,
      amount,
      share: total === 0n ? 0 : Number(whole) / Number(total),
      method: weakestOf(methods),
    };
  });
}
