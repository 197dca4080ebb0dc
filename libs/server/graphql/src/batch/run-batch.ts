import { Fault, formatEventPosition } from '@tributary/kernel';
import type { LogPosition, RowOf } from '@tributary/kernel';
import {
  attemptRanges,
  orderOfStep,
  ordersOfStep,
  recordedOfStep,
  stepMentions,
  stepOrders,
  wholeHistory,
} from '@tributary/training';
import type { AttemptRange, CountedHistory, StepOrder } from '@tributary/training';
import { answered, incomplete, merged, withCorrectionsOf } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { sizeOf } from '../connection.ts';
import type { Counted, Page } from '../connection.ts';
import { doubtsOfHistory } from '../exposure/history-doubts.ts';
import type { Unplaced } from '../exposure/history-doubts.ts';
import type { Batch, QueryBatchArgs } from '../generated/schema.ts';
import { freshnessOfRun, unknown } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { blobArrays } from './blob-files.ts';
import { exposureCheck } from './exposure-check.ts';
import { resolvedOrder, unknownOrder } from './resolved-order.ts';
import type { Reading } from './resolved-order.ts';

export type BatchQuestion = Omit<QueryBatchArgs, 'asOf'>;

/**
 * What a run read in one step, by the recorded order that says most of it. Throws Faults `unknown_run`, `unknown_step` where no
 * event mentions the step, and `blob_damaged` where a file that the order names is not what it was.
 */
export async function runBatch(
  runtime: Runtime,
  fresh: Freshness,
  { run, step, attempt, ...page }: BatchQuestion,
): Promise<Counted<Batch>> {
  const { reader } = runtime.engine;
  const as_of = fresh.position;
  const documents = { from: documentAfter(page), count: sizeOf(page) };
  const known = await freshnessOfRun(reader, fresh, run);
  if (step < 0) throw unknown('step', `${step} of run ${run}`, fresh);
  const trained = await trainedStep(runtime, fresh, { run, step, attempt });
  const { orders, found, resolved, check } = await readOrder(runtime, trained, {
    step,
    page: documents,
    as_of,
  });
  const { documents: total, lacking, nodes, ...batch } = resolved;
  const whole = [
    ...(found ? contradictions(found, step) : [noOrder(trained, step)]),
    ...lacking,
    ...(check?.differs ?? []),
    ...doubtsOfHistory(trained),
  ].reduce<Freshness>(
    (answer, reason) => incomplete(answer, reason),
    await withCorrectionsOf(runtime, known, [run, trained.run]),
  );
  const evidence = merged([
    { positions: orders.map((order) => order.evidence) },
    { positions: trained.evidence },
    { positions: check?.evidence ?? [] },
  ]);
  return {
    ...answered(whole, evidence),
    ...batch,
    run,
    step,
    trainedBy: trained.run,
    attempt: trained.attempt,
    counts: trained.counts,
    skipped: trained.skipped,
    exposure: check?.exposure ?? null,
    nodes,
    pageInfo: {
      hasNextPage: documents.from + nodes.length < total,
      endCursor: nodes.length === 0 ? null : String(documents.from + nodes.length),
    },
    totalCount: () => Promise.resolve(total),
  };
}

type Asked = Pick<Reading, 'step' | 'page'> & { readonly as_of: LogPosition };

/** The recorded orders of a step, and what the best of them says; nothing where others contradict it. */
async function readOrder(
  { engine: { reader }, blobs }: Runtime,
  { run: run_id, attempt }: Trained,
  { step, page, as_of }: Asked,
) {
  const params = { run_id, attempt, step, as_of };
  const orders = stepOrders(await reader.all(ordersOfStep, params));
  const found = orderOfStep(orders, step);
  if (!found || found.others.length > 0) return { orders, found, resolved: unknownOrder, check: undefined };
  const open = blobArrays(blobs);
  const resolved = await resolvedOrder(found.order, { blobs, open, step, page });
  const check = await exposureCheck(found.order, await reader.all(recordedOfStep, params), open);
  return { orders, found, resolved, check };
}

/** The number of documents before the page; its cursor is the number of those up to a document. */
function documentAfter({ after }: Page): number {
  if (!after) return 0;
  if (/^[1-9]\d{0,15}$/.test(after) && Number.isSafeInteger(Number(after))) return Number(after);
  throw new Fault('unknown_cursor', `\`after\` is ${after}, which is no cursor of this list`);
}

type Trained = {
  /** The run and the attempt that trained the step. */
  readonly run: string;
  readonly attempt: number;
  readonly counts: boolean;
  readonly skipped: boolean;
  readonly evidence: readonly number[];
  /** Attempts of the run with an order of the step. */
  readonly ordered: readonly number[];
  /** Attempts that may have taken the step from the one that counts. */
  readonly unplaced: Unplaced;
};

async function trainedStep(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { run, step, attempt }: Pick<BatchQuestion, 'run' | 'step' | 'attempt'>,
): Promise<Trained> {
  const as_of = fresh.position;
  const history = await wholeHistory(reader, { run }, as_of);
  const counted = attemptRanges(history).find((range) => range.firstStep <= step && step <= range.lastStep);
  const isNamed = typeof attempt === 'number';
  const owner = isNamed || !counted ? run : counted.run;
  const mentions = await reader.all(stepMentions, { run_id: owner, step, as_of });
  const countedAttempt = counted?.attempt ?? newestOf(mentions);
  const trainer = isNamed ? attempt : countedAttempt;
  const own = mentions.find((mention) => mention.attempt === trainer);
  if (isNamed && !own) throw unknown('step', `${step} of attempt ${attempt} of run ${run}`, fresh);
  if (mentions.length === 0) throw unknown('step', `${step} of run ${run}`, fresh);
  return {
    run: owner,
    attempt: trainer,
    counts: owner === (counted?.run ?? run) && trainer === countedAttempt,
    ...skipOf(own),
    ordered: mentions.filter((mention) => mention.ordered).map((mention) => mention.attempt),
    unplaced: laterThan(history, counted),
  };
}

/** Attempts after the one whose step counts, of its run or of one that inherits from it; all of them where none counts. */
function laterThan({ run_ids, unplaced }: CountedHistory, counted: AttemptRange | undefined): Unplaced {
  if (!counted) return unplaced;
  const heirs = new Set(run_ids.slice(0, run_ids.indexOf(counted.run)));
  return unplaced.filter(
    ({ run, attempt }) => heirs.has(run) || (run === counted.run && attempt > counted.attempt),
  );
}

const skipOf = (own: RowOf<typeof stepMentions> | undefined): Pick<Trained, 'skipped' | 'evidence'> => ({
  skipped: own?.skipped === true,
  evidence: (own?.evidence ?? []).filter((position) => position > 0),
});

/** The newest attempt with an order of the step, or else of which anything is recorded. */
const newestOf = (mentions: readonly RowOf<typeof stepMentions>[]): number =>
  (mentions.findLast(({ ordered }) => ordered) ?? mentions.at(-1))?.attempt ?? 1;

function noOrder({ run, attempt, ordered }: Trained, step: number): string {
  const others =
    ordered.length === 0 ? '' : `; there is one of attempt ${ordered.join(', ')}: name it as attempt`;
  return `no order is recorded of step ${step} of attempt ${attempt} of run ${run}${others}`;
}

function contradictions(
  { order, others }: { readonly order: StepOrder; readonly others: readonly StepOrder[] },
  step: number,
): string[] {
  if (others.length === 0) return [];
  const at = [...others, order].map(({ evidence }) => formatEventPosition(evidence));
  return [
    `the orders recorded at ${at.join(', ')} contradict each other about step ${step}; correct the wrong ones`,
  ];
}
