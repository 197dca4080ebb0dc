import { Fault } from '@tributary/kernel';
import { amountOf } from '@tributary/training';
import type { Consumption } from '@tributary/training';
import { doubtsOf, unfollowedReason } from '../aliases/alias-answers.ts';
import { answered, incomplete, merged, withCorrectionsOf, withCorrectionsOfShards } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type {
  Exposure,
  ExposureBy,
  ExposureRow,
  ExposureTotal,
  Method,
  QueryExposureArgs,
} from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { consumedUpTo } from './consumed-up-to.ts';
import { grouped, repetitionOf } from './groups.ts';
import type { Group } from './groups.ts';
import { labelsOf } from './shard-labels.ts';
import type { ShardLabel } from './shard-labels.ts';
import { unrecordedExposure } from './unrecorded-steps.ts';

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
  const as_of = fresh.position;
  const isDirect = by === 'domain' || by === 'slice';
  const upTo = await consumedUpTo(reader, fresh, { ...question, by: isDirect ? by : 'shard' });
  const { amounts } = upTo.consumption;
  const labels = isDirect
    ? new Map<string, ShardLabel>()
    : await labelsOf(
        reader,
        amounts.map(({ shard }) => shard),
        { attribute, as_of },
      );
  const groups = grouped(amounts, labels, isDirect ? 'shard' : by);
  const unrecorded = unrecordedExposure(upTo.missing);
  const withCorrections = isDirect ? withCorrectionsOf : withCorrectionsOfShards;
  const whole = [...upTo.lacking, ...unrecorded, ...doubtsAbout(labels)].reduce<Freshness>(
    incomplete,
    await withCorrections(runtime, upTo.known, [run, ...upTo.history.run_ids]),
  );
  const evidence = merged([
    { positions: upTo.positions, total: upTo.consumption.facts },
    { positions: [...labels.values()].flatMap((label) => label.evidence) },
    { positions: upTo.moment.evidence },
  ]);
  const head = { run, checkpoint: checkpoint ?? null, by, attribute: attribute === '' ? null : attribute };
  return { ...answered(whole, evidence), ...head, ...summaryOf({ by, groups, labels }, upTo.consumption) };
}

function attributeOf({ attribute }: ExposureQuestion, by: ExposureBy): string {
  if (by !== 'attribute') return '';
  if (!attribute)
    throw new Fault('attribute_missing', 'by attribute needs the name of one, such as language');
  return attribute;
}

/** Why amounts of shards may belong together that are not added up. */
export function doubtsAbout(labels: ReadonlyMap<string, ShardLabel>): string[] {
  const doubts = doubtsOf([...labels.values()].flatMap((label) => label.doubts));
  return [unfollowedReason(doubts)].filter((reason) => reason !== undefined);
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

/** The units of amounts, in the order that answers have them. */
export const UNITS = ['token', 'byte', 'share'] as const;

export type Unit = (typeof UNITS)[number];

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

/** An amount of a unit, with the part of it that other runs consumed. */
export const amountsIn = (unit: Unit, { whole, inherited }: Pick<Group, 'whole' | 'inherited'>) => {
  const amount = amountOf(whole);
  return { tokens: unit === 'token' ? Math.round(amount) : null, amount, inherited: amountOf(inherited) };
};

export const sumIn = (groups: readonly Amounts[], unit: Unit, amount: (group: Amounts) => bigint): bigint =>
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
