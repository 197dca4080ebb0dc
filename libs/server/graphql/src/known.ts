import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { nodes } from '@tributary/lineage';
import { arms } from '@tributary/mixture';
import { knownAttempts, listRuns, runsWithStart } from '@tributary/training';
import type { ListedRun } from '@tributary/training';
import { incomplete } from './answer.ts';
import type { Freshness } from './answer.ts';
import { benchmarkMentions } from './queries.ts';

/** What a question can name that no event mentions, with its article. */
const NAMED = {
  run: 'a run',
  experiment: 'an experiment',
  mixture: 'a mixture',
  shard: 'a shard',
  snapshot: 'a dataset version',
  pipeline: 'a pipeline run',
  normaliser: 'a normaliser',
  checkpoint: 'a checkpoint',
  node: 'a node',
  question: 'a question',
  answer: 'an answer',
  family: 'a family of hypotheses',
  entity: 'an entity',
  import: 'an import',
  benchmark: 'a benchmark',
  step: 'step',
} as const;

/**
 * The fault that answers a question about what no event mentions: the field is null, and the entry in `errors` has the
 * code `unknown_<kind>`.
 */
export function unknown(kind: keyof typeof NAMED, id: string, { asOf, reason }: Freshness): Fault {
  const text = `no event up to position ${asOf.position} mentions ${NAMED[kind]} ${id}`;
  return new Fault(`unknown_${kind}`, reason === null ? text : `${text}; ${reason}`);
}

/** Why the answer about a run is not complete whose start is not recorded. */
export const unstarted = (run: string): string => `the start of run ${run} was never recorded`;

/** Throws Fault `unknown_<kind>` for an empty id: the tables have one where a fact names nothing. */
export function requireName(kind: keyof typeof NAMED, id: string | null | undefined, fresh: Freshness): void {
  if (id === '') throw unknown(kind, '""', fresh);
}

/** Whether a fact registers the node of the lineage graph or refers to it. */
export async function isNode(reader: SqlReader, { position }: Freshness, id: string): Promise<boolean> {
  return (await reader.all(nodes, { nodes: [id], as_of: position })).length > 0;
}

/** Whether a fact mentions a node. A run is mentioned by its own facts too, of which no edge may come. */
export async function isMentioned(reader: SqlReader, fresh: Freshness, id: string): Promise<boolean> {
  if (await isNode(reader, fresh, id)) return true;
  return id.startsWith('run:') && (await runRow(reader, fresh, id.slice('run:'.length))) !== undefined;
}

/** A run by its id; undefined where no fact of its own is recorded. */
export async function runRow(
  reader: SqlReader,
  { position }: Freshness,
  run_id: string,
): Promise<ListedRun | undefined> {
  const params = { experiment_id: null, run_id, prefix: '', after: '', first: 1, as_of: position };
  const [row] = await listRuns(reader, params);
  return row;
}

/**
 * The freshness of an answer about one run: incomplete where its start is not recorded. Throws Fault `unknown_run` where
 * no event up to the position mentions the run.
 */
export async function freshnessOfRun(reader: SqlReader, fresh: Freshness, run: string): Promise<Freshness> {
  const params = { run_ids: [run], as_of: fresh.position };
  if ((await reader.all(runsWithStart, params)).length > 0) return fresh;
  const own = await knownAttempts(reader, [run], fresh.position);
  const isKnown =
    own.length > 0 || (await runRow(reader, fresh, run)) || (await isNode(reader, fresh, `run:${run}`));
  if (!isKnown) throw unknown('run', run, fresh);
  return incomplete(fresh, unstarted(run));
}

/**
 * The freshness of an answer that has no rows about an entity: incomplete for the reason. Throws Fault `unknown_<kind>`
 * where no fact registers the entity or refers to it.
 */
export async function freshnessWithoutRows(
  reader: SqlReader,
  fresh: Freshness,
  { kind, id, reason }: { kind: 'checkpoint' | 'snapshot' | 'shard'; id: string; reason?: string },
): Promise<Freshness> {
  if (!(await isNode(reader, fresh, `${kind}:${id}`))) throw unknown(kind, id, fresh);
  return incomplete(fresh, reason);
}

/** Throws Fault `unknown_benchmark` where no search, score or influence on the benchmark is recorded up to the position. */
export async function requireBenchmark(
  reader: SqlReader,
  fresh: Freshness,
  benchmark: string,
): Promise<void> {
  requireName('benchmark', benchmark, fresh);
  const found = await reader.all(benchmarkMentions, { benchmark, as_of: fresh.position });
  if (found.length === 0) throw unknown('benchmark', benchmark, fresh);
}

/** Throws Fault `unknown_experiment` where no run and no arm of the experiment is recorded up to the position. */
export async function requireExperiment(reader: SqlReader, fresh: Freshness, id: string): Promise<void> {
  const as_of = fresh.position;
  if ((await reader.all(arms, { experiment_id: id, as_of })).length > 0) return;
  const params = { experiment_id: id, run_id: null, prefix: '', after: '', first: 1, as_of };
  if ((await listRuns(reader, params)).length === 0) throw unknown('experiment', id, fresh);
}
