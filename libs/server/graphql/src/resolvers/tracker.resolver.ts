import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { rfc3339 } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import {
  declaredInputs,
  metricKeys,
  trackedParams,
  trackedProjects,
  trackedRuns,
  trackedTags,
} from '@tributary/training';
import { answered, evidenceOf, freshness, freshnessOfTables, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { pageOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { RunStatus } from '../generated/schema.ts';
import type {
  DeclaredInput,
  MetricSummary,
  Project,
  Query,
  QueryMetricHistoryArgs,
  QueryProjectsArgs,
  QueryTrackedRunArgs,
  TrackedRun,
} from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import { metricValues } from '../metrics/metric-values.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class TrackerResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('projects')
  async projects(@Args() { asOf, ...page }: QueryProjectsArgs): Promise<Counted<Query['projects']>> {
    const { reader } = this.#runtime.engine;
    const fresh = await freshness(this.#runtime, asOf);
    const as_of = fresh.position;
    const rows = await reader.all(trackedProjects, { project_id: null, name: null, as_of });
    const { listed, ...connection } = pageOf(rows, page, ({ project_id }) => project_id);
    const owner_ids = listed.map(({ project_id }) => project_id);
    const tags =
      listed.length === 0
        ? []
        : await reader.all(trackedTags, { owner_kind: 'project', owner_ids, keys: [], as_of });
    return {
      ...answered(fresh, merged(listed.map(({ evidence }) => ({ positions: evidence })))),
      ...connection,
      nodes: listed.map((row) => projectOf(row, tags)),
    };
  }

  @GraphQuery('trackedRun')
  async trackedRun(@Args() { id, asOf }: QueryTrackedRunArgs): Promise<Query['trackedRun']> {
    const { reader } = this.#runtime.engine;
    const fresh = await freshness(this.#runtime, asOf);
    const as_of = fresh.position;
    const known = await freshnessOfRun(reader, fresh, id);
    const [row] = await reader.all(trackedRuns, { project_ids: [], run_ids: [id], as_of });
    const owned = { owner_kind: 'run', owner_ids: [id], keys: [], as_of } as const;
    const [params, tags, inputs, metrics] = await Promise.all([
      reader.all(trackedParams, { ...owned, owner_ids: [id], keys: [] }),
      reader.all(trackedTags, { ...owned, owner_ids: [id], keys: [] }),
      reader.all(declaredInputs, { run_ids: [id], as_of }),
      reader.all(metricKeys, { run_id: id, as_of }),
    ]);
    return {
      ...(row ? trackedRunOf(known, row) : untracked(known, id)),
      params: params.map(pairOf),
      tags: tags.map(pairOf),
      inputs: inputs.map(inputOf),
      metrics: metrics.map(summaryOf),
    };
  }

  @GraphQuery('metricHistory')
  async metricHistory(
    @Args() { asOf, ...asked }: QueryMetricHistoryArgs,
  ): Promise<Counted<NonNullable<Query['metricHistory']>>> {
    return metricValues(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }
}

type Pair = { readonly key: string; readonly value: string };

const pairOf = ({ key, value }: Pair): Pair => ({ key, value });

const projectOf = (
  { project_id: id, name, retired, evidence }: RowOf<typeof trackedProjects>,
  tags: readonly RowOf<typeof trackedTags>[],
): Project => ({
  id,
  name: name || id,
  retired,
  tags: tags.filter(({ owner_id }) => owner_id === id).map(pairOf),
  evidence: evidenceOf(evidence),
});

const trackedRunOf = (
  fresh: Freshness,
  row: RowOf<typeof trackedRuns>,
): Omit<TrackedRun, 'params' | 'tags' | 'inputs' | 'metrics'> => ({
  ...answered(fresh, { positions: row.evidence }),
  id: row.run_id,
  name: row.name || row.run_id,
  project: row.project_id || null,
  status: valueOf(RunStatus, row.status || 'unknown', 'the status of a run'),
  startedAt: momentOf(row.started),
  changedAt: momentOf(row.status_changed),
  retired: row.retired,
});

/** A run that is known by other facts than those that a tracker records. */
const untracked = (known: Freshness, id: string): ReturnType<typeof trackedRunOf> => ({
  ...answered(known, { positions: [] }),
  id,
  name: id,
  project: null,
  status: 'unknown',
  startedAt: null,
  changedAt: null,
  retired: false,
});

/** Milliseconds since 1970; 0 where no fact gives the time. */
const momentOf = (millis: number): string | null => (millis === 0 ? null : rfc3339(millis * 1000));

const inputOf = (row: RowOf<typeof declaredInputs>): DeclaredInput => ({
  name: row.name,
  digest: row.digest || null,
  context: row.context || null,
  sourceType: row.source_type || null,
  source: row.source || null,
  schema: row.schema || null,
  profile: row.profile || null,
  snapshot: row.snapshot_id || null,
  tags: Object.entries(row.tags).map(([key, value]) => ({ key, value })),
  evidence: evidenceOf(row.evidence),
});

const summaryOf = ({
  key,
  points,
  first_step,
  last_step,
  stepped,
}: RowOf<typeof metricKeys>): MetricSummary => ({
  key,
  points,
  firstStep: stepped > 0 ? first_step : null,
  lastStep: stepped > 0 ? last_step : null,
});
