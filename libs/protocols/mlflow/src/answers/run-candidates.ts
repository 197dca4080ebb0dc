import type { IngestEndpoint } from '@tributary/capture';
import { inTurns } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { inputsInRange, metricsInRange, paramsInRange, runsInRange, tagsInRange } from '@tributary/training';
import type { Condition, Filterable, Order } from '@tributary/training';
import { invalid } from '../errors.ts';
import { DEFAULT_PROJECT } from '../facts/tracker.ts';
import { inProject, RUN_ATTRIBUTES } from './runs.ts';
import type { Run, TrackerState } from './runs.ts';

type Texts = ReadonlyMap<string, string>;
type Attribute = (run: Run, tags?: Texts) => string | number | undefined;

/** By the names that a filter may use. */
const ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ...Object.entries(RUN_ATTRIBUTES),
  ['run_uuid', RUN_ATTRIBUTES.run_id],
  ['created', RUN_ATTRIBUTES.start_time],
  ['Created', RUN_ATTRIBUTES.start_time],
  ['run name', RUN_ATTRIBUTES.run_name],
  ['Run name', RUN_ATTRIBUTES.run_name],
  ['Run Name', RUN_ATTRIBUTES.run_name],
]);

/** What conditions and orders name. Nothing else is read, so that the cost does not depend on what else the runs logged. */
export type Keys = {
  readonly attributes: readonly (readonly [name: string, of: Attribute])[];
  readonly tags: string[];
  readonly params: string[];
  readonly metrics: string[];
  readonly datasets: boolean;
};

/** Throws MlflowFault where an attribute is none of a run. */
export function keysOf(conditions: readonly Condition[], orders: readonly Order[]): Keys {
  const fields = [...conditions, ...orders];
  const named = (kind: string) => [
    ...new Set(fields.filter((field) => field.kind === kind).map(({ key }) => key)),
  ];
  const attributes = named('attribute').map((name) => [name, attributeOf(name)] as const);
  return {
    attributes,
    tags: [...new Set([...named('tag'), ...attributes.flatMap(([, of]) => TAGS_OF.get(of) ?? [])])],
    params: named('param'),
    metrics: named('metric'),
    datasets: named('dataset').length > 0,
  };
}

/** Attributes that are tags. */
const TAGS_OF: ReadonlyMap<Attribute, string> = new Map<Attribute, string>([
  [RUN_ATTRIBUTES.run_name, 'mlflow.runName'],
  [RUN_ATTRIBUTES.user_id, 'mlflow.user'],
]);

function attributeOf(name: string): Attribute {
  const attribute = ATTRIBUTES.get(name);
  if (attribute) return attribute;
  throw invalid(`unknown attribute ${name}; known are ${[...ATTRIBUTES.keys()].join(', ')}`);
}

export type Candidate = Filterable & { readonly run: Run };

/** From one id to another, both included. */
export type IdRange = { readonly from_id: string; readonly to_id: string };

/** The runs of projects whose ids are in a range; those of all projects where none is named. */
export async function runsIn(
  { engine }: IngestEndpoint,
  { from_id, to_id }: IdRange,
  projects: readonly string[],
  { as_of, homes }: TrackerState,
): Promise<Run[]> {
  const asked = { from_id, to_id, project_ids: withUnnamed(projects), as_of };
  const found = await engine.reader.all(runsInRange, asked);
  return (await inTurns(found, 1, (columns) => runsOf(columns, homes))).flat();
}

function runsOf(columns: RowOf<typeof runsInRange>, homes: TrackerState['homes']): Run[] {
  const { project_id, name, status, started, status_changed, retired } = columns;
  return columns.run_id.map((run_id, at) =>
    inProject(
      {
        run_id,
        project_id: project_id[at] ?? '',
        name: name[at] ?? '',
        status: status[at] ?? '',
        started: started[at] ?? 0,
        status_changed: status_changed[at] ?? 0,
        retired: retired[at] ?? false,
      },
      homes,
    ),
  );
}

/** A run without a project is in the default one. */
export const withUnnamed = (projects: readonly string[]): string[] =>
  projects.includes(DEFAULT_PROJECT) ? [...projects, ''] : [...projects];

/** What conditions and orders refer to of each run in a range. */
export async function candidatesIn(
  { engine: { reader } }: IngestEndpoint,
  { from_id, to_id }: IdRange,
  keys: Keys,
  { as_of }: TrackerState,
): Promise<(run: Run) => Candidate> {
  const range = { from_id, to_id, as_of };
  const texts = { ...range, owner_kind: 'run' } as const;
  const none = Promise.resolve([]);
  const [tags, params, metrics, inputs] = await Promise.all([
    keys.tags.length === 0 ? none : reader.all(tagsInRange, { ...texts, keys: keys.tags }),
    keys.params.length === 0 ? none : reader.all(paramsInRange, { ...texts, keys: keys.params }),
    keys.metrics.length === 0 ? none : reader.all(metricsInRange, { ...range, keys: keys.metrics }),
    keys.datasets ? reader.all(inputsInRange, range) : none,
  ]);
  const tagsOf = await byOwner(tags.map(({ owner_id, ...texts }) => ({ ...texts, owner: owner_id })));
  const paramsOf = await byOwner(params.map(({ owner_id, ...texts }) => ({ ...texts, owner: owner_id })));
  const metricsOf = await byOwner(metrics.map(({ run_id, ...values }) => ({ ...values, owner: run_id })));
  const datasetsOf = datasetsByRun(inputs);
  return (run) => {
    const runTags = tagsOf.get(run.run_id);
    return {
      run,
      attributes: Object.fromEntries(keys.attributes.map(([name, of]) => [name, of(run, runTags)])),
      tags: runTags ?? NO_TEXTS,
      params: paramsOf.get(run.run_id) ?? NO_TEXTS,
      metrics: metricsOf.get(run.run_id) ?? NO_VALUES,
      datasets: datasetsOf.get(run.run_id) ?? [],
    };
  };
}

const NO_TEXTS: Texts = new Map();
const NO_VALUES: ReadonlyMap<string, number> = new Map();

type Owned<Value> = {
  readonly owner: readonly string[];
  readonly key: readonly string[];
  readonly value: readonly Value[];
};

/** Values by owner and key. */
async function byOwner<Value>(columns: readonly Owned<Value>[]): Promise<Map<string, Map<string, Value>>> {
  const owners = new Map<string, Map<string, Value>>();
  await inTurns(columns, 1, ({ owner, key, value }) => {
    for (const [at, one] of value.entries()) {
      const id = owner[at] ?? '';
      const values = owners.get(id) ?? new Map<string, Value>();
      owners.set(id, values.set(key[at] ?? '', one));
    }
  });
  return owners;
}

type Dataset = { readonly name: string; readonly digest: string; readonly context: string };
type Inputs = {
  readonly run_id: readonly string[];
  readonly name: readonly string[];
  readonly digest: readonly string[];
  readonly context: readonly string[];
};

function datasetsByRun(columns: readonly Inputs[]): Map<string, Dataset[]> {
  const runs = new Map<string, Dataset[]>();
  for (const { run_id, name, digest, context } of columns)
    for (const [at, id] of run_id.entries()) {
      const datasets = runs.get(id) ?? [];
      datasets.push({ name: name[at] ?? '', digest: digest[at] ?? '', context: context[at] ?? '' });
      runs.set(id, datasets);
    }
  return runs;
}
