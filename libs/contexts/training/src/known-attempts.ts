import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { firstSteps } from './history-queries.ts';
import { attempts } from './queries.ts';

type Declared = RowOf<typeof attempts>;
type FirstSteps = RowOf<typeof firstSteps>;

/**
 * An attempt, and its first recorded step where that can decide which steps count; null where none is recorded. An order may begin
 * before the steps that its attempt trained, so it decides only of an attempt of which nothing else is recorded; one of Megatron
 * begins with the run, so it decides of the first attempt alone: of a later one it would take all steps from those before.
 */
export type KnownAttempt = Declared & {
  readonly first_step: number | null;
  /**
   * Whether it ran, and nothing says where it began: it is not the first of its run, does not say what it continues, and no step
   * of it is recorded; only a checkpoint, an end, a skip or an order is, or an attempt that goes on from it.
   */
  readonly lacks_beginning: boolean;
};

/**
 * The attempts of runs that are declared, recorded or named as of a position. The first step is looked for only where it can
 * decide: of an attempt that does not say what it continues and is not the first of its run, of one that is not declared, and of
 * the first of a run with one of these.
 */
export async function knownAttempts(
  sql: SqlReader,
  run_ids: string[],
  as_of: LogPosition,
): Promise<KnownAttempt[]> {
  const rows = await sql.all(attempts, { run_ids, as_of });
  const stepsOf = await stepsFinder(sql, rows, as_of);
  /* What was recorded only later is no attempt, nor does it decide which one is the first. */
  const known = rows.filter((row) => row.recorded !== null || row.is_named || isRecorded(stepsOf(row)));
  return [...groupBy(known, ({ run_id }) => run_id).values()].flatMap((own) => attemptsIn(own, stepsOf));
}

type StepsFinder = (row: Declared) => FirstSteps | undefined;

async function stepsFinder(
  sql: SqlReader,
  rows: readonly Declared[],
  as_of: LogPosition,
): Promise<StepsFinder> {
  const byRun = [...groupBy(rows, ({ run_id }) => run_id)].filter(([, own]) => own.some(isOpenIn(own)));
  if (byRun.length === 0) return () => undefined;
  const numbers = byRun.flatMap(([, own]) => own.map(({ attempt }) => attempt));
  const params = { run_ids: byRun.map(([run]) => run), attempts: [...new Set(numbers)], as_of };
  const found = new Map(
    (await sql.all(firstSteps, params)).map((row) => [`${row.run_id} ${row.attempt}`, row]),
  );
  return ({ run_id, attempt }) => found.get(`${run_id} ${attempt}`);
}

/** Whether the first step of an attempt can decide, among those of its run in their order. */
const isOpenIn =
  ([first]: readonly Declared[]) =>
  ({ attempt, recorded, resumed_step }: Declared): boolean =>
    recorded === null || (resumed_step === null && attempt !== first?.attempt);

const isRecorded = (steps: FirstSteps | undefined): boolean =>
  steps !== undefined &&
  [steps.first_step, steps.first_ordered, steps.first_indexed].some((step) => step !== null);

/** The attempts of one run, in their order. */
function attemptsIn(own: readonly Declared[], stepsOf: StepsFinder): KnownAttempt[] {
  if (!own.some(isOpenIn(own)))
    return own.map((row) => ({ ...row, first_step: null, lacks_beginning: false }));
  return own.map((row, at) => {
    const isFirst = at === 0;
    const first_step = firstStepOf(row, isFirst, stepsOf(row));
    const ran = row.is_named || row.recorded === null;
    const lacks_beginning = ran && !isFirst && first_step === null && row.resumed_step === null;
    return { ...row, first_step, lacks_beginning };
  });
}

function firstStepOf({ recorded }: Declared, isFirst: boolean, steps: FirstSteps | undefined): number | null {
  if (steps === undefined) return null;
  if (steps.first_step !== null || recorded !== null) return steps.first_step;
  return steps.first_ordered ?? (isFirst ? steps.first_indexed : null);
}
