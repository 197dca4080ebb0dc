import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { rfc3339 } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import {
  declaredInputs,
  metricHistory,
  metricKeys,
  trackedParams,
  trackedProjects,
  trackedRuns,
  trackedTags,
} from '@tributary/training';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

const MOST_POINTS = 10_000;

type HistoryArgs = { run: string; key: string; first: number; skip: number; asOf?: string };

@Resolver()
export class TrackerResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('projects')
  async projects(@Args() { asOf }: { asOf?: string }) {
    const { reader } = this.#runtime.engine;
    const fresh = await freshness(this.#runtime, asOf);
    const as_of = fresh.places;
    const rows = await reader.all(trackedProjects, { project_id: null, name: null, as_of });
    const tags = await reader.all(trackedTags, { owner_kind: 'project', owner_ids: [], keys: [], as_of });
    const projects = rows.map(({ project_id: id, name, retired, evidence }) => ({
      id,
      name: name || id,
      retired,
      tags: tags.filter(({ owner_id }) => owner_id === id),
      evidence: evidenceOf(evidence),
    }));
    return { ...fresh, projects };
  }

  @Query('trackedRun')
  async trackedRun(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const { reader } = this.#runtime.engine;
    const fresh = await freshness(this.#runtime, asOf);
    const as_of = fresh.places;
    const owned = { owner_kind: 'run', owner_ids: [id], keys: [], as_of } as const;
    const [row] = await reader.all(trackedRuns, { project_ids: [], run_ids: [id], as_of });
    if (!row) return null;
    const [params, tags, inputs, metrics] = await Promise.all([
      reader.all(trackedParams, { ...owned, owner_ids: [id], keys: [] }),
      reader.all(trackedTags, { ...owned, owner_ids: [id], keys: [] }),
      reader.all(declaredInputs, { run_ids: [id], as_of }),
      reader.all(metricKeys, { run_id: id, as_of }),
    ]);
    const lists = { params, tags, inputs: inputs.map(inputOf), metrics: metrics.map(summaryOf) };
    return { ...fresh, ...trackedRunOf(row), ...lists };
  }

  @Query('metricHistory')
  async metricHistory(@Args() { run, key, first, skip, asOf }: HistoryArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const size = Math.min(Math.max(first, 1), MOST_POINTS);
    const rows = await this.#runtime.engine.reader.all(metricHistory, {
      run_id: run,
      key,
      after: '',
      first: size + 1,
      skip: Math.max(skip, 0),
      as_of: fresh.places,
    });
    return { ...fresh, run, key, points: rows.slice(0, size).map(pointOf), more: rows.length > size };
  }
}

const trackedRunOf = (row: RowOf<typeof trackedRuns>) => ({
  id: row.run_id,
  name: row.name || row.run_id,
  project: row.project_id || null,
  status: row.status || 'running',
  startedAt: rfc3339(row.started * 1000),
  changedAt: rfc3339(row.status_changed * 1000),
  retired: row.retired,
  evidence: evidenceOf(row.evidence),
});

const inputOf = (row: RowOf<typeof declaredInputs>) => ({
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

const summaryOf = ({ key, points, first_step, last_step, stepped }: RowOf<typeof metricKeys>) => ({
  key,
  points,
  firstStep: stepped > 0 ? first_step : null,
  lastStep: stepped > 0 ? last_step : null,
});

const pointOf = ({ step, time, value, position }: RowOf<typeof metricHistory>) => ({
  step,
  time: time === null ? null : rfc3339(time),
  value: Number.isFinite(value) ? value : null,
  nonfinite: wordOf(value),
  evidence: String(position),
});

function wordOf(value: number): string | null {
  if (Number.isFinite(value)) return null;
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? '+inf' : '-inf';
}
