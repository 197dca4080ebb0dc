import { faultText, VERSION } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { Fault, rfc3339 } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { trackedArtifacts } from '@tributary/training';
import { freshnessOfTables } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type { Query } from '../generated/schema.ts';
import { overview, recentRuns } from '../queries.ts';
import { TrackerResolver } from '../resolvers/tracker.resolver.ts';
import type { Runtime } from '../runtime.ts';

/** What a page asks for: everything, one project, or one run. */
export type Asked = { readonly run?: string | undefined; readonly project?: string | undefined };

export type ShownRun = {
  readonly facts: NonNullable<Query['trackedRun']>;
  readonly artifacts: readonly RowOf<typeof trackedArtifacts>[];
  readonly hasMoreArtifacts: boolean;
};

export type Overview = {
  readonly version: string;
  readonly directory: string;
  readonly events: number;
  readonly conditions: readonly ReadinessCondition[];
  readonly deadLetters: number;
  /** Why the tables could not be asked; they say nothing else then. */
  readonly fault?: string;
  readonly tables?: {
    readonly fresh: Pick<Freshness, 'asOf' | 'complete' | 'reason'>;
    readonly counts: readonly RowOf<typeof overview>[];
    readonly recent: readonly (Omit<RowOf<typeof recentRuns>, 'changed'> & { readonly changed: string })[];
    /** The run that was asked for; undefined where no fact mentions it. */
    readonly run?: ShownRun | undefined;
  };
};

const RECENT = 15;

/** What a process and its tables hold now. Tables that cannot be asked are a part of the answer. */
export async function overviewOf(runtime: Runtime, asked: Asked): Promise<Overview> {
  const events = Object.values(runtime.log.counts()).reduce((sum, count) => sum + count, 0);
  const known = {
    version: VERSION,
    directory: runtime.directory,
    events,
    conditions: await runtime.conditions(),
    deadLetters: runtime.deadLetters.counts().parked,
  };
  try {
    return { ...known, tables: await tablesOf(runtime, asked) };
  } catch (error) {
    if (error instanceof Fault) return { ...known, fault: faultText(error) };
    throw error;
  }
}

async function tablesOf(runtime: Runtime, { run, project }: Asked): Promise<NonNullable<Overview['tables']>> {
  const { reader } = runtime.engine;
  const fresh = await freshnessOfTables(runtime, null);
  const as_of = fresh.position;
  const [counts, recent, shown] = await Promise.all([
    reader.all(overview, { as_of }),
    reader.all(recentRuns, { project_id: project ?? null, first: RECENT, as_of }),
    run === undefined ? undefined : shownRun(runtime, run, fresh),
  ]);
  return {
    fresh,
    counts,
    recent: recent.map((row) => ({
      ...row,
      changed: row.changed === 0 ? '' : rfc3339(row.changed * 1000).slice(0, 19),
    })),
    ...(shown ? { run: shown } : {}),
  };
}

const SHOWN_ARTIFACTS = 100;

async function shownRun(
  runtime: Runtime,
  id: string,
  { asOf, position }: Freshness,
): Promise<ShownRun | undefined> {
  const [facts, artifacts] = await Promise.all([
    new TrackerResolver(runtime).trackedRun({ id, asOf: asOf.position }).catch(unlessUnknown),
    runtime.engine.reader.all(trackedArtifacts, {
      owner_kind: 'run',
      owner_id: id,
      paths: [],
      folder: '',
      after: '',
      first: SHOWN_ARTIFACTS + 1,
      as_of: position,
    }),
  ]);
  if (!facts) return undefined;
  return {
    facts,
    artifacts: artifacts.slice(0, SHOWN_ARTIFACTS),
    hasMoreArtifacts: artifacts.length > SHOWN_ARTIFACTS,
  };
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof Fault && error.code === 'unknown_run') return undefined;
  throw error;
}
