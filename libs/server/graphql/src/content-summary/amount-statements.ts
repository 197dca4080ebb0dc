import { evidenceOf } from '../answer.ts';
import { TrainingDataRange } from '../generated/schema.ts';
import type { ExposureTotal, SummaryStatement } from '../generated/schema.ts';
import { amountsIn, sumIn, totalsOf, UNITS, weakestOf } from '../exposure/run-exposure.ts';
import type { Group } from '../exposure/groups.ts';
import type { ShardLabel } from '../exposure/shard-labels.ts';

/** What facts say to a field. */
export type FieldFacts = {
  readonly statements: readonly SummaryStatement[];
  readonly statementsTotal: number;
  readonly omitted: readonly ExposureTotal[];
  /** What was consumed and no fact names, by unit. */
  readonly unknown: readonly ExposureTotal[];
  /** Whether the statements, although there are some, leave the field open. */
  readonly isPartial?: boolean;
};

/** Whether the facts leave the field unanswered, or a part of it. */
export const isOpen = ({ statements, unknown, isPartial = false }: FieldFacts): boolean =>
  statements.length === 0 || unknown.length > 0 || isPartial;

/** Statements of a field that are listed. */
const MAX_STATEMENTS = 1_000;
/** Positions that one statement lists. */
export const MAX_EVIDENCE = 100;

/** Facts behind a statement; `total` is given where only some of them are known. */
type Behind = { readonly positions: readonly number[]; readonly total: number };

/** The evidence of one statement. */
function behindStatement({ positions, total }: Behind): Pick<SummaryStatement, 'evidence' | 'evidenceTotal'> {
  const distinct = [...new Set(positions)].toSorted((left, right) => left - right);
  return {
    evidence: evidenceOf(distinct.slice(0, MAX_EVIDENCE)),
    evidenceTotal: Math.max(total, distinct.length),
  };
}

const NOTHING = {
  link: null,
  unit: null,
  tokens: null,
  amount: null,
  inherited: null,
  share: null,
  range: null,
  isLarge: null,
};

/** A statement without an amount. */
export const textStatement = (
  text: string,
  method: SummaryStatement['method'],
  positions: readonly number[],
): SummaryStatement => ({
  ...NOTHING,
  text,
  method,
  ...behindStatement({ positions, total: 0 }),
});

type Sized = {
  readonly tokens: number;
  readonly range: TrainingDataRange | null;
  readonly method: SummaryStatement['method'];
  readonly positions: readonly number[];
};

/** A statement of a number of tokens that is no part of a sum. */
export const sizeStatement = (
  text: string,
  { tokens, range, method, positions }: Sized,
): SummaryStatement => ({
  ...NOTHING,
  text,
  unit: 'token',
  tokens,
  amount: tokens,
  range,
  method,
  ...behindStatement({ positions, total: 0 }),
});

/** The range of the template that a number of tokens of text lies in. */
export function rangeOf(tokens: number): TrainingDataRange {
  if (tokens < 1e9) return TrainingDataRange.Below_1Billion;
  return tokens <= 1e13 ? TrainingDataRange.From_1BillionTo_10Trillion : TrainingDataRange.Above_10Trillion;
}

/** Of a field that no fact answers. */
export const noFacts: FieldFacts = { statements: [], statementsTotal: 0, omitted: [], unknown: [] };

/** Statements that have no amounts. */
export const textFacts = (statements: readonly SummaryStatement[]): FieldFacts => ({
  ...noFacts,
  statements: statements.slice(0, MAX_STATEMENTS),
  statementsTotal: statements.length,
});

export type Described = {
  /** The labels that groups were made by, by the keys in their rows. */
  readonly labels: ReadonlyMap<string, ShardLabel>;
  /** The facts behind everything that was consumed. */
  readonly consumed: Behind;
  /** What a name is shown as; the name itself where absent. */
  readonly shown?: (
    name: string,
  ) =>
    { readonly text: string; readonly link: string | null; readonly evidence: Iterable<number> } | undefined;
  /** Whether what has the name is text: of its tokens the template asks for a range. */
  readonly isText?: (name: string) => boolean;
  /** How it is known which name an amount has, beside what labels say of that. */
  readonly namedAs?: SummaryStatement['method'];
  /** Share of the sum above which a group is large; not asked where absent. */
  readonly largeAbove?: number;
  /** Whether a name, in a unit, answers the field; every one does where absent. */
  readonly answers?: (group: Pick<Group, 'name' | 'unit'>) => boolean;
};

/** Names that say that it is not known: what importers write, SPDX 2.3 (section 7.13) and ISO 639-2. */
const UNDETERMINED = new Set(['', 'unknown', 'noassertion', 'und', 'undetermined']);

/** Whether a recorded text says something. */
export const isNamed = (text: string | null): boolean =>
  text !== null && !UNDETERMINED.has(text.trim().toLowerCase());

/** Amounts as statements, the largest first by unit. */
export function amountFacts(groups: readonly Group[], described: Described): FieldFacts {
  const inOrder = UNITS.flatMap((unit) => groups.filter((group) => group.unit === unit));
  const sums = new Map(UNITS.map((unit) => [unit as string, sumIn(groups, unit, ({ whole }) => whole)]));
  const { answers = () => true } = described;
  return {
    statements: inOrder
      .slice(0, MAX_STATEMENTS)
      .map((group) => statementOf(group, sums.get(group.unit) ?? 0n, described)),
    statementsTotal: inOrder.length,
    omitted: totalsOf(inOrder.slice(MAX_STATEMENTS)),
    unknown: totalsOf(groups.filter((group) => !isNamed(group.name) || !answers(group))),
  };
}

function statementOf(group: Group, sum: bigint, described: Described): SummaryStatement {
  const unit = UNITS.find((one) => one === group.unit) ?? 'token';
  const amounts = amountsIn(unit, group);
  const share = sum === 0n ? 0 : Number(group.whole) / Number(sum);
  const { name } = group;
  const named = name === null ? UNNAMED : namedBy(name, group, described);
  const { largeAbove } = described;
  return {
    ...NOTHING,
    text: named.text,
    link: named.link,
    unit,
    ...amounts,
    share,
    range: rangeIn(amounts.tokens, group, described),
    isLarge: largeAbove === undefined || name === null ? null : share > largeAbove,
    method: weakestOf(new Set([...group.methods, ...named.methods])),
    ...behindStatement(
      named.positions.length === 0 ? described.consumed : { positions: named.positions, total: 0 },
    ),
  };
}

/** How a group is shown, and the facts that name it. */
type NamedBy = {
  readonly text: string | null;
  readonly link: string | null;
  readonly methods: readonly string[];
  readonly positions: readonly number[];
};

const UNNAMED: NamedBy = { text: null, link: null, methods: [], positions: [] };

function namedBy(name: string, group: Group, { labels, shown, namedAs }: Described): NamedBy {
  const { text, link, evidence } = shown?.(name) ?? { text: name, link: null, evidence: [] };
  const behind = labelsBehind(group, labels);
  const ofLabels = behind.flatMap(({ method }) => (method === '' ? [] : [method]));
  const methods = namedAs === undefined ? ofLabels : [namedAs, ...ofLabels];
  return { text, link, methods, positions: [...behind.flatMap((label) => label.evidence), ...evidence] };
}

function rangeIn(tokens: number | null, { name }: Group, { isText }: Described): TrainingDataRange | null {
  return tokens !== null && name !== null && isText?.(name) === true ? rangeOf(tokens) : null;
}

const labelsBehind = ({ shards }: Group, labels: ReadonlyMap<string, ShardLabel>): ShardLabel[] =>
  [...shards].flatMap((shard) => labels.get(shard) ?? []);
