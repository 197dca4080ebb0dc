import type { RowOf } from '@tributary/kernel';
import { amountOf, exposure, exposureEvidence, wholeHistory } from '@tributary/training';
import { answered, incomplete, MAX_EVIDENCE } from './answer.ts';
import type { Evidence, Freshness } from './answer.ts';
import { freshnessOfRun } from './known.ts';
import type { Exposure, ExposureRow, ExposureTotal, Method, QueryExposureArgs } from './generated/schema.ts';
import type { Runtime } from './runtime.ts';

type ExposureQuestion = Omit<QueryExposureArgs, 'asOf'>;

/**
 * What a run consumed in the steps that count, up to a step of it. Tokens are exact integers; amounts in different units
 * are never added. Throws Fault `unknown_run` where no event mentions the run.
 */
export async function runExposure(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { run, step, by: named }: ExposureQuestion,
): Promise<Exposure> {
  const as_of = fresh.position;
  const by = named ?? 'domain';
  const moment = typeof step === 'number' ? { run, step } : { run };
  const history = await wholeHistory(reader, moment, as_of);
  const [rows, [behind]] = await Promise.all([
    reader.all(exposure, { ...history, run_id: run, by, as_of }),
    reader.all(exposureEvidence, { ...history, first: MAX_EVIDENCE, as_of }),
  ]);
  const known = await freshnessOfRun(reader, fresh, run);
  const whole = incomplete(known, rows.length === 0 ? nothingConsumed(step) : undefined);
  return { ...answered(whole, evidenceOf(behind)), run, by, ...summaryOf(rows, behind) };
}

const nothingConsumed = (step: number | null | undefined): string =>
  typeof step === 'number' ? `no exposure recorded up to step ${step}` : 'no exposure recorded';

type Row = RowOf<typeof exposure>;
type Behind = RowOf<typeof exposureEvidence> | undefined;

const evidenceOf = (behind: Behind): Evidence =>
  behind ? { positions: behind.evidence, total: behind.evidence_total } : { positions: [] };

type Summary = Pick<Exposure, 'step' | 'unit' | 'total' | 'totals' | 'prorated' | 'rows'>;

function summaryOf(rows: readonly Row[], behind: Behind): Summary {
  const totals = totalsOf(rows);
  const [first] = totals;
  if (!first || !behind) return { step: null, unit: null, total: 0, totals, prorated: 0, rows: [] };
  const { last_step: step, prorated } = behind;
  return { step, unit: first.unit, total: first.amount, totals, prorated, rows: rowsOf(rows) };
}

const UNITS = ['token', 'byte', 'share'] as const;

type Unit = (typeof UNITS)[number];

/** Sums by unit, of the units that occur. */
function totalsOf(rows: readonly Row[]): ExposureTotal[] {
  return UNITS.filter((unit) => rows.some((row) => row.unit === unit)).map((unit) => ({
    unit,
    ...amountIn(unit, wholeIn(rows, unit)),
  }));
}

const amountIn = (unit: Unit, whole: bigint) => {
  const amount = amountOf(whole);
  return { tokens: unit === 'token' ? Math.round(amount) : null, amount };
};

const wholeIn = (rows: readonly Row[], unit: Unit): bigint =>
  rows.reduce((sum, row) => (row.unit === unit ? sum + row.whole : sum), 0n);

/** The weakest method names how a sum was counted. */
const FROM_WEAKEST: readonly Method[] = ['sampled', 'inferred', 'declared', 'reported', 'measured'];

function rowsOf(rows: readonly Row[]): ExposureRow[] {
  return UNITS.flatMap((unit) => {
    const total = Number(wholeIn(rows, unit));
    const inUnit = rows.filter((row) => row.unit === unit);
    return inUnit.map((row) => ({
      slice: row.slice_name,
      shard: row.shard || null,
      unit,
      ...amountIn(unit, row.whole),
      share: total === 0 ? 0 : Number(row.whole) / total,
      method: FROM_WEAKEST.find((method) => row.methods.split(',').includes(method)) ?? 'reported',
    }));
  });
}
