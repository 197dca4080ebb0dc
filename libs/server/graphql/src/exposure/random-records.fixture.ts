import fc from 'fast-check';
import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

const aStep = fc.integer({ min: 0, max: 90 });
const aRange = fc.record({ first: aStep, length: fc.integer({ min: 1, max: 50 }) });
const fromTheStart = fc.record({ first: fc.constantFrom(0, 1), length: fc.integer({ min: 60, max: 150 }) });
type Range = { readonly first: number; readonly length: number };

const anAttempt = fc.record({
  /** The last step of the attempt before that counts; absent where the attempt does not say so. */
  resumed: fc.option(aStep, { nil: undefined, freq: 3 }),
  exposures: fc.array(fc.oneof(aRange, fromTheStart), { maxLength: 4 }),
  skipped: fc.uniqueArray(aStep, { maxLength: 3 }),
  metrics: fc.option(aRange, { nil: undefined }),
  checkpoint: fc.option(aStep, { nil: undefined }),
  /** The last step of an end, which may name none. */
  ended: fc.option(fc.option(fc.integer({ min: 40, max: 140 })), { nil: undefined }),
  /** Whether nothing is recorded of it but its marks and skips. */
  isOnlyNamed: fc.nat(6).map((one) => one === 0),
  /** Which exposure, and whether the metrics too, a later fact replaces by those of step 1. */
  wrong: fc.integer({ min: 0, max: 8 }),
  isWrong: fc.boolean(),
});

export type Attempts = readonly (typeof anAttempt extends fc.Arbitrary<infer Value> ? Value : never)[];

/** Runs of one to three attempts, each of which goes on from the one before or begins again. */
export const randomRecords = (seed: number, runs: number): Attempts[] =>
  fc
    .sample(fc.array(anAttempt, { minLength: 1, maxLength: 3 }), { seed, numRuns: runs })
    .map((attempts) => attempts.map((one) => (one.isOnlyNamed ? { ...one, ...NOTHING } : one)));

const NOTHING = { exposures: [], metrics: undefined, resumed: undefined };

const stepsOf = ({ first, length }: Range): number[] => Array.from({ length }, (_, at) => first + at);

const ONE: Range = { first: 1, length: 1 };

/** What is recorded of a run, in the order of the log. */
export const recordsOf = (attempts: Attempts, runId: string): SentEvent[] =>
  attempts.flatMap(({ resumed, exposures, metrics, wrong, isWrong, ...rest }, before) => {
    const own = { runId, attempt: before + 1 };
    const isResumed = before > 0 && resumed !== undefined;
    const resumedFrom = isResumed ? { resumedFrom: { attempt: before, step: resumed } } : {};
    const exposed = exposures.map((range) => consumed(own, range));
    const measured = metrics ? [columns(own, metrics)] : [];
    const start = { ...own, model: { name: 'm' }, config: {}, seeds: {}, ...resumedFrom };
    return [
      ...(rest.isOnlyNamed ? [] : [fact('training.run.started', start)]),
      ...exposed,
      ...measured,
      ...exposed.slice(wrong, wrong + 1).map((one) => replaced(one, consumed(own, ONE))),
      ...(isWrong ? measured.map((one) => replaced(one, columns(own, ONE))) : []),
      ...otherRecords(own, rest),
    ];
  });

type Own = { readonly runId: string; readonly attempt: number };

function otherRecords(
  own: Own,
  { skipped, checkpoint: step, ended: lastStep }: Pick<Attempts[number], 'skipped' | 'checkpoint' | 'ended'>,
): SentEvent[] {
  const checkpointId = `${own.runId}-${own.attempt}`;
  return [
    ...(skipped.length === 0
      ? []
      : [fact('training.steps.skipped', { ...own, steps: skipped, reason: 'nan' })]),
    ...(step === undefined ? [] : [fact('training.checkpoint.saved', { ...own, checkpointId, step })]),
    ...(lastStep === undefined
      ? []
      : [
          fact('training.run.ended', {
            ...own,
            status: 'completed',
            ...(lastStep !== null && { lastStep }),
          }),
        ]),
  ];
}

const consumed = (own: Own, { first, length }: Range): SentEvent =>
  fact('training.exposure.recorded', {
    ...own,
    firstStep: first,
    lastStep: first + length - 1,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'a', amount: length }],
  });

const columns = (own: Own, range: Range): SentEvent => {
  const steps = stepsOf(range);
  return fact('training.steps.recorded', { ...own, steps, columns: { loss: steps.map(() => 1) } });
};

const replaced = (wrong: SentEvent, right: SentEvent): SentEvent => ({
  ...right,
  corrects: wrong.id,
  correctionreason: 'of another run',
  actor: 'ada',
});

/** The steps up to `last` that a run is known to have had and of which no exposure is recorded; undefined where it has none at all. */
export function missingIn(attempts: Attempts, last: number): number[] | undefined {
  const first = firstIn(attempts);
  return missingOf(
    attempts.filter(({ isOnlyNamed }, at) => !isOnlyNamed || at === first),
    last,
  );
}

/** Where the first attempt is that something is recorded of: it began with the run. */
const firstIn = (attempts: Attempts): number =>
  attempts.findIndex(({ isOnlyNamed }, at) => !isOnlyNamed || isNamed(attempts, at));

/** Whether a checkpoint, an end, a skip or the attempt that goes on from it names an attempt. */
function isNamed(attempts: Attempts, at: number): boolean {
  const { skipped = [], checkpoint, ended } = attempts[at] ?? {};
  const marks = [checkpoint, ended, attempts[at + 1]?.resumed];
  return skipped.length > 0 || marks.some((mark) => mark !== undefined);
}

function missingOf(attempts: Attempts, last: number): number[] | undefined {
  const takenOver = attempts.map((_, at) => Math.min(Infinity, ...attempts.slice(at + 1).map(startOf)));
  const [recorded, skipped] = [new Set<number>(), new Set<number>()];
  const [steps, marks] = [[0], [0]];
  for (const [at, one] of attempts.entries()) {
    const over = takenOver[at] ?? Infinity;
    const end = Math.min(last, over - 1);
    const upTo = (known: readonly number[]) => known.map((step) => Math.min(step, end));
    const [exposures, metrics] = valid(one);
    for (const step of exposures.flatMap(stepsOf)) if (step <= end) recorded.add(step);
    for (const step of one.skipped) if (step <= end) skipped.add(step);
    steps.push(...upTo([...[...exposures, ...metrics].flatMap(stepsOf), ...one.skipped]));
    marks.push(...upTo([one.checkpoint ?? 0, one.ended ?? 0, over === Infinity ? 0 : over - 1]));
  }
  if (recorded.size === 0) return undefined;
  /* Where steps are numbered from 0, a mark says how many there were. */
  const mark = Math.max(...marks) - (recorded.has(0) ? 1 : 0);
  const length = Math.max(...steps, mark, ...recorded);
  return stepsOf({ first: 1, length }).filter((step) => !skipped.has(step) && !recorded.has(step));
}

/** Whether an attempt of which nothing says where it began may have taken steps up to `last` from those before. */
export const hasUnplaced = (attempts: Attempts, last: number): boolean =>
  attempts.some((one, at) => {
    const end = Math.min(last + 1, ...attempts.slice(at + 1).map(startOf));
    return at !== firstIn(attempts) && isNamed(attempts, at) && startOf(one) === Infinity && end > 1;
  });

/** The first step that an attempt takes from those before. */
function startOf(attempt: Attempts[number]): number {
  if (attempt.resumed !== undefined) return attempt.resumed + 1;
  return Math.min(
    Infinity,
    ...valid(attempt)
      .flat()
      .map(({ first }) => first),
  );
}

/** The exposures and metrics of an attempt, without those that are replaced. */
function valid({ exposures, metrics, wrong, isWrong }: Attempts[number]): readonly [Range[], Range[]] {
  const measured = metrics ? [isWrong ? ONE : metrics] : [];
  return [exposures.map((range, at) => (at === wrong ? ONE : range)), measured];
}
