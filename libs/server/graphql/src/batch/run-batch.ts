import { Fault, formatEventPosition } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import {
  attemptRanges,
  orderOfStep,
  ordersOfStep,
  recordedOfStep,
  stepMentions,
  stepOrders,
  wholeHistory,
} from '@tributary/training';
import type { StepOrder } from '@tributary/training';
import { answered, incomplete, merged, withCorrectionsOf } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { sizeOf } from '../connection.ts';
import type { Counted, Page } from '../connection.ts';
import type { Batch, QueryBatchArgs } from '../generated/schema.ts';
import { freshnessOfRun, unknown } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { blobArrays } from './blob-files.ts';
import { exposureCheck } from './exposure-check.ts';
import { resolvedOrder, unknownOrder } from './resolved-order.ts';

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
  const params = { run_id: trained.run, attempt: trained.attempt, step, as_of };
  const orders = stepOrders(await reader.all(ordersOfStep, params));
  const found = orderOfStep(orders, step);
  const open = blobArrays(runtime.blobs);
  const isClear = found !== undefined && found.others.length === 0;
  const resolved = isClear
    ? await resolvedOrder(found.order, { blobs: runtime.blobs, open, step, page: documents })
    : unknownOrder;
  const check = isClear
    ? await exposureCheck(found.order, await reader.all(recordedOfStep, params), open)
    : undefined;
  const { documents: total, lacking, nodes, ...batch } = resolved;
  const whole = [
    ...(found ? contradictions(found, step) : [noOrder(trained, step)]),
    ...lacking,
    ...(check?.differs === undefined ? [] : [check.differs]),
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
    ...{ run, step, trainedBy: trained.run, attempt: trained.attempt },
    ...{ counts: trained.counts, skipped: trained.skipped, ...batch },
    exposure: check?.exposure ?? null,
    nodes,
    pageInfo: {
      hasNextPage: documents.from + nodes.length < total,
      endCursor: nodes.length === 0 ? null : String(documents.from + nodes.length),
    },
    totalCount: () => Promise.resolve(total),
  };
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
};

async function trainedStep(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { run, step, attempt }: Pick<BatchQuestion, 'run' | 'step' | 'attempt'>,
): Promise<Trained> {
  const as_of = fresh.position;
  const history = await wholeHistory(reader, { run }, as_of);
  const counted = attemptRanges(history).find((range) => range.firstStep <= step && step <= range.lastStep);
  const owner = typeof attempt === 'number' ? run : (counted?.run ?? run);
  const mentions = await reader.all(stepMentions, { run_id: owner, step, as_of });
  const named = typeof attempt === 'number' ? attempt : (counted?.attempt ?? newestOf(mentions));
  const own = mentions.find((mention) => mention.attempt === named);
  if (mentions.length === 0 || (typeof attempt === 'number' && !own))
    throw unknown(
      'step',
      `${step} of ${typeof attempt === 'number' ? `attempt ${attempt} of ` : ''}run ${run}`,
      fresh,
    );
  return {
    run: owner,
    attempt: named,
    counts: counted ? counted.run === owner && counted.attempt === named : named === newestOf(mentions),
    skipped: own?.skipped === true,
    evidence: (own?.evidence ?? []).filter((position) => position > 0),
    ordered: mentions.filter((mention) => mention.ordered).map((mention) => mention.attempt),
  };
}

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
