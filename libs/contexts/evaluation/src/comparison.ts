import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import type { scores } from './queries.ts';

export type ScoreRow = RowOf<typeof scores>;

/** What makes a score of a benchmark another quantity. What one score records and another does not is no equal setting. */
const SETTINGS = [
  'metric',
  'metric_version',
  'split',
  'shots',
  'filter',
  'task_version',
  'task_hash',
  'prompt_digest',
  'item_limit',
  'items',
  'precision',
  'harness',
  'unit',
  'higher_is_better',
  'method',
] as const satisfies readonly (keyof ScoreRow)[];

export type ScoreSetting = (typeof SETTINGS)[number];

/** What says at which point of training a score was measured. */
export type TrainingPoint = 'tokens' | 'step';

/** A setting in which two scores differ; null where a score does not record it. */
export type SettingDifference = {
  readonly setting: ScoreSetting;
  readonly own: string | null;
  readonly other: string | null;
};

/** Two scores of one quantity, after as many tokens or at one step. */
export type ComparedScores = {
  readonly first: ScoreRow;
  readonly second: ScoreRow;
  /** Settings that neither score records, and what of the point of training one of the two does not: they may differ. */
  readonly unrecorded: readonly (ScoreSetting | TrainingPoint)[];
};

/** Why a score has no counterpart in the other run. */
export type LeftOutScore = {
  readonly score: ScoreRow;
  readonly why: 'repeated' | 'not_scored' | 'settings_differ' | 'no_score_there' | 'not_read';
  /** Against a score of the other run that differs in the fewest settings. */
  readonly differences: readonly SettingDifference[];
};

export type ScoreComparison = {
  readonly compared: readonly ComparedScores[];
  readonly leftOut: readonly LeftOutScore[];
};

/** Ways of measuring a benchmark that one score is held against, to say in what it differs. */
const MOST_WAYS = 100;

/**
 * Pairs the scores of two runs that can be compared. Every setting of the two is equal, and both are of one point of
 * training: after as many tokens where both say after how many, and at one step otherwise; without steps, the checkpoints
 * are equal. Of several scores of one quantity at one step of a run, or without a step of one checkpoint after as
 * many tokens, the newest counts. All others are left out, each with the reason; where not all scores of the other run were
 * read (`isCut`), it says no more than that.
 */
export function compareScores(
  first: readonly ScoreRow[],
  second: readonly ScoreRow[],
  isCut: { readonly first: boolean; readonly second: boolean } = { first: false, second: false },
): ScoreComparison {
  const [own, other] = [newestAtEachStep(first), newestAtEachStep(second)];
  const others = groupBy(other.kept, quantityOf);
  const pairs = [...groupBy(own.kept, quantityOf)].flatMap(([quantity, scores]) =>
    paired(scores, others.get(quantity) ?? []),
  );
  const counterparts = new Map(pairs);
  const taken = new Set(counterparts.values());
  const firstAlone = own.kept.filter((score) => !counterparts.has(score));
  const secondAlone = other.kept.filter((score) => !taken.has(score));
  return {
    compared: own.kept.flatMap((one) => {
      const counterpart = counterparts.get(one);
      return counterpart
        ? [{ first: one, second: counterpart, unrecorded: unrecordedOf(one, counterpart) }]
        : [];
    }),
    leftOut: [
      ...own.repeated.map(repeatedScore),
      ...firstAlone.map(isCut.second ? notRead : reasonAmong(other.kept)),
      ...other.repeated.map(repeatedScore),
      ...secondAlone.map(isCut.first ? notRead : reasonAmong(own.kept)),
    ],
  };
}

const repeatedScore = (score: ScoreRow): LeftOutScore => ({ score, why: 'repeated', differences: [] });

/** Of a run with more scores than are read, it is not known what else there is. */
const notRead = (score: ScoreRow): LeftOutScore => ({ score, why: 'not_read', differences: [] });

/** Everything but the point of training. */
const quantityOf = (row: ScoreRow): string =>
  JSON.stringify([row.capability, row.benchmark, ...SETTINGS.map((name) => row[name])]);

function newestAtEachStep(rows: readonly ScoreRow[]) {
  const newest = new Map<string, ScoreRow>();
  for (const row of rows) {
    const point = row.step === null ? [row.tokens, row.checkpoint_id] : [row.step];
    const key = JSON.stringify([quantityOf(row), ...point]);
    if (row.evidence > (newest.get(key)?.evidence ?? -1)) newest.set(key, row);
  }
  const kept = new Set(newest.values());
  return { kept: rows.filter((row) => kept.has(row)), repeated: rows.filter((row) => !kept.has(row)) };
}

/**
 * Pairs of scores of one quantity. Tokens decide before steps do, because they are what two runs have in common. Where a
 * run has several scores after as many tokens, they are paired in the order of their steps.
 */
function paired(own: readonly ScoreRow[], others: readonly ScoreRow[]): [ScoreRow, ScoreRow][] {
  const pairs = new Map<ScoreRow, ScoreRow>();
  const taken = new Set<ScoreRow>();
  const pair = (score: ScoreRow, match: ScoreRow | undefined): void => {
    if (!match) return;
    pairs.set(score, match);
    taken.add(match);
  };
  const byTokens = groupBy(others, ({ tokens }) => tokens);
  for (const score of own)
    if (score.tokens !== null)
      pair(
        score,
        byTokens.get(score.tokens)?.find((one) => !taken.has(one)),
      );
  const byPoint = groupBy(
    others.filter((one) => !taken.has(one)),
    pointOf,
  );
  const unknownFirst = own.toSorted((one, two) => Number(one.tokens !== null) - Number(two.tokens !== null));
  for (const score of unknownFirst.filter((one) => !pairs.has(one))) {
    const there = byPoint.get(pointOf(score))?.filter((one) => !taken.has(one)) ?? [];
    const nearest = score.tokens === null ? there[0] : undefined;
    pair(score, there.find(({ tokens }) => tokens === null) ?? nearest);
  }
  return [...pairs];
}

/** The point of training where tokens do not tell it: the step, or the checkpoint without one. */
const pointOf = ({ step, checkpoint_id }: ScoreRow): string =>
  JSON.stringify(step === null ? checkpoint_id : step);

const valueOf = (row: ScoreRow, name: ScoreSetting): string | null => {
  const value = row[name];
  return value === null || value === '' ? null : String(value);
};

const unrecordedOf = (row: ScoreRow, other: ScoreRow): ComparedScores['unrecorded'] => [
  ...SETTINGS.filter((name) => !OPTIONAL.has(name) && valueOf(row, name) === null),
  ...POINTS.filter((name) => (row[name] === null) !== (other[name] === null)),
];

const POINTS: readonly TrainingPoint[] = ['tokens', 'step'];

/** Where no filter and no limit are recorded, there was none. */
const OPTIONAL: ReadonlySet<ScoreSetting> = new Set<ScoreSetting>(['filter', 'item_limit']);

const differencesOf = (own: ScoreRow, other: ScoreRow): SettingDifference[] =>
  SETTINGS.filter((name) => own[name] !== other[name]).map((setting) => ({
    setting,
    own: valueOf(own, setting),
    other: valueOf(other, setting),
  }));

/** Why a score has no counterpart among those of the other run. */
function reasonAmong(others: readonly ScoreRow[]): (score: ScoreRow) => LeftOutScore {
  const benchmarks = groupBy(others, benchmarkOf);
  const ways = new Map(
    [...benchmarks].map(([name, rows]) => [
      name,
      [...groupBy(rows, quantityOf).values()].slice(0, MOST_WAYS),
    ]),
  );
  return (score) => {
    const nearest = (ways.get(benchmarkOf(score)) ?? [])
      .map(([one]) => (one ? differencesOf(score, one) : []))
      .toSorted((left, right) => left.length - right.length);
    const [differences] = nearest;
    if (!differences) return { score, why: 'not_scored', differences: [] };
    return { score, why: differences.length > 0 ? 'settings_differ' : 'no_score_there', differences };
  };
}

const benchmarkOf = ({ capability, benchmark }: ScoreRow): string => JSON.stringify([capability, benchmark]);
