import { Fault } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import {
  amountOf,
  consumedIn,
  firstFacts,
  inheritedHistory,
  savedCheckpoint,
  wholeHistory,
} from '@tributary/training';
import type { Consumption, CountedHistory, RunMoment } from '@tributary/training';
import { doubtsOf, unfollowedReason } from '../aliases/alias-answers.ts';
import { answered, incomplete, MAX_EVIDENCE, merged, withCorrectionsOf } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { freshnessOfRun, unknown } from '../known.ts';
import type {
  Exposure,
  ExposureBy,
  ExposureRow,
  ExposureTotal,
  Method,
  QueryExposureArgs,
} from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { grouped, repetitionOf } from './groups.ts';
import type { Group } from './groups.ts';
import { labelsOf } from './shard-labels.ts';
import type { ShardLabel } from './shard-labels.ts';

export type ExposureQuestion = Omit<QueryExposureArgs, 'asOf'>;

/**
 * What a run consumed in the steps that count, up to a step or a checkpoint of it. Tokens are exact integers; amounts in
 * different units are never added. Throws Fault `unknown_run` or `unknown_checkpoint` where no event mentions it,
 * `two_moments` where both a step and a checkpoint are named, and `attribute_missing` by attribute without one.
 */
export async function runExposure(
  runtime: Runtime,
  fresh: Freshness,
  question: ExposureQuestion,
): Promise<Exposure> {
  const { reader } = runtime.engine;
  const { run, checkpoint } = question;
  const by = question.by ?? 'domain';
  const attribute = attributeOf(question, by);
  const known = await freshnessOfRun(reader, fresh, run);
  const as_of = fresh.position;
  const moment = await momentOf(reader, fresh, question);
  const { history, unresolved } = await historyOf(reader, moment, { question, as_of });
  const [{ groups, labels, consumption }, positions] = await Promise.all([
    groupsOf(reader, history, { run, by, attribute, as_of }),
    firstFacts(reader, history, { first: MAX_EVIDENCE, as_of }),
  ]);
  const lacking = [
    ...(groups.length === 0 ? [nothingConsumed(question)] : []),
    ...(unresolved === undefined ? [] : [`no event says which run saved checkpoint ${unresolved}`]),
    ...(moment.parents.length === 0 ? [] : [mergedFrom(moment.parents)]),
    ...doubtsAbout(labels),
  ];
  const whole = lacking.reduce<Freshness>(
    (answer, reason) => incomplete(answer, reason),
    await withCorrectionsOf(runtime, known, [run, ...history.run_ids]),
  );
  const evidence = merged([
    { positions, total: consumption.facts },
    { positions: [...labels.values()].flatMap((label) => label.evidence) },
    { positions: moment.evidence },
  ]);
  const head = { run, checkpoint: checkpoint ?? null, by, attribute: attribute === '' ? null : attribute };
  return { ...answered(whole, evidence), ...head, ...summaryOf({ by, groups, labels }, consumption) };
}

function attributeOf({ attribute }: ExposureQuestion, by: ExposureBy): string {
  if (by !== 'attribute') return '';
  if (!attribute)
    throw new Fault('attribute_missing', 'by attribute needs the name of one, such as language');
  return attribute;
}

type Moment = RunMoment & { readonly parents: readonly string[]; readonly evidence: readonly number[] };

async function momentOf(
  reader: SqlReader,
  fresh: Freshness,
  { run, step, checkpoint }: ExposureQuestion,
): Promise<Moment> {
  if (!checkpoint) return { run, ...(typeof step === 'number' ? { step } : {}), parents: [], evidence: [] };
  if (typeof step === 'number')
    throw new Fault('two_moments', 'name a step or a checkpoint of the run, not both');
  const params = { checkpoint_id: checkpoint, run_id: run, as_of: fresh.position };
  const [saved] = await reader.all(savedCheckpoint, params);
  if (!saved) throw unknown('checkpoint', `${checkpoint} of run ${run}`, fresh);
  return {
    run,
    attempt: saved.attempt,
    step: saved.step,
    parents: saved.parents,
    evidence: [saved.evidence],
  };
}

async function historyOf(
  reader: SqlReader,
  moment: RunMoment,
  { question, as_of }: { readonly question: ExposureQuestion; readonly as_of: LogPosition },
) {
  if (question.inherited === true) return inheritedHistory(reader, moment, as_of);
  return { history: await wholeHistory(reader, moment, as_of), unresolved: undefined };
}

/** Why amounts of shards may belong together that are not added up. */
export function doubtsAbout(labels: ReadonlyMap<string, ShardLabel>): string[] {
  const doubts = doubtsOf([...labels.values()].flatMap((label) => label.doubts));
  return [unfollowedReason(doubts)].filter((reason) => reason !== undefined);
}

const mergedFrom = (parents: readonly string[]): string =>
  `the checkpoint was merged from ${parents.join(', ')}, and what other runs consumed for these does not count`;

const nothingConsumed = ({ step }: ExposureQuestion): string =>
  typeof step === 'number' ? `no exposure recorded up to step ${step}` : 'no exposure recorded';

type GroupsAsked = {
  readonly run: string;
  readonly by: ExposureBy;
  readonly attribute: string;
  readonly as_of: LogPosition;
};

async function groupsOf(
  reader: SqlReader,
  history: CountedHistory,
  { run, by, attribute, as_of }: GroupsAsked,
): Promise<Pick<Grouped, 'groups' | 'labels'> & { readonly consumption: Consumption }> {
  const isDirect = by === 'domain' || by === 'slice';
  const consumption = await consumedIn(reader, history, { run, by: isDirect ? by : 'shard', as_of });
  const { amounts } = consumption;
  if (isDirect) return { groups: grouped(amounts, new Map(), 'shard'), labels: new Map(), consumption };
  const labels = await labelsOf(
    reader,
    amounts.map(({ shard }) => shard),
    { attribute, as_of },
  );
  return { groups: grouped(amounts, labels, by), labels, consumption };
}

type Summary = Pick<Exposure, 'step' | 'unit' | 'total' | 'totals' | 'prorated' | 'rows'>;

type Grouped = {
  readonly by: ExposureBy;
  readonly groups: readonly Group[];
  readonly labels: ReadonlyMap<string, ShardLabel>;
};

function summaryOf(grouping: Grouped, { lastStep: step, prorated, facts }: Consumption): Summary {
  const totals = totalsOf(grouping.groups);
  const [first] = totals;
  if (!first || facts === 0) return { step: null, unit: null, total: 0, totals, prorated: 0, rows: [] };
  return { step, unit: first.unit, total: first.amount, totals, prorated, rows: rowsOf(grouping) };
}

const UNITS = ['token', 'byte', 'share'] as const;

type Unit = (typeof UNITS)[number];

type Amounts = Pick<Group, 'unit' | 'whole' | 'inherited'>;

/** Sums by unit, of the units that occur. */
export function totalsOf(groups: readonly Amounts[]): ExposureTotal[] {
  return UNITS.filter((unit) => groups.some((group) => group.unit === unit)).map((unit) => ({
    unit,
    ...amountsIn(unit, {
      whole: sumIn(groups, unit, ({ whole }) => whole),
      inherited: sumIn(groups, unit, ({ inherited }) => inherited),
    }),
  }));
}

const amountsIn = (unit: Unit, { whole, inherited }: Pick<Group, 'whole' | 'inherited'>) => {
  const amount = amountOf(whole);
  return { tokens: unit === 'token' ? Math.round(amount) : null, amount, inherited: amountOf(inherited) };
};

const sumIn = (groups: readonly Amounts[], unit: Unit, amount: (group: Amounts) => bigint): bigint =>
  groups.reduce((sum, group) => (group.unit === unit ? sum + amount(group) : sum), 0n);

const FROM_WEAKEST: readonly Method[] = ['sampled', 'inferred', 'declared', 'reported', 'measured'];

/** The weakest method names how a sum was counted. */
export const weakestOf = (methods: ReadonlySet<string>): Method =>
  FROM_WEAKEST.find((method) => methods.has(method)) ?? 'reported';

function rowsOf({ by, groups, labels }: Grouped): ExposureRow[] {
  return UNITS.flatMap((unit) => {
    const total = Number(sumIn(groups, unit, ({ whole }) => whole));
    return groups
      .filter((group) => group.unit === unit)
      .map((group) => ({
        slice: group.name ?? 'unknown',
        unknown: group.name === null || (by === 'shard' && group.shard === ''),
        shard: group.shard || null,
        same: by === 'shard' ? [...group.shards].filter((shard) => shard !== group.shard).toSorted() : [],
        unit,
        ...amountsIn(unit, group),
        share: total === 0 ? 0 : Number(group.whole) / total,
        repetition: repetitionOf(group, labels),
        method: weakestOf(group.methods),
      }));
  });
}
