import { groupBy } from '@tributary/kernel';
import type { SourceFile } from '../files/folder.ts';
import { kindOfMeta, META } from './meta-file.ts';

/** A file whose path is its key; slashes in the key are folders. */
export type KeyedFile = { readonly key: string; readonly file: SourceFile };

export type StoredRun = {
  /** Name of its folder, which is its id; empty if the folder itself is imported. */
  readonly name: string;
  readonly path: string;
  readonly meta: SourceFile | undefined;
  readonly metrics: readonly KeyedFile[];
  readonly params: readonly KeyedFile[];
  readonly tags: readonly KeyedFile[];
  readonly inputs: readonly KeyedFile[];
  readonly outputs: readonly KeyedFile[];
};

export type StoredExperiment = {
  /** Name of its folder, which is its id; empty if the folder itself or one of its runs is imported. */
  readonly name: string;
  readonly root: string;
  readonly meta: SourceFile | undefined;
  readonly tags: readonly KeyedFile[];
  readonly datasets: ReadonlyMap<string, KeyedFile>;
  readonly models: readonly KeyedFile[];
  readonly runs: readonly StoredRun[];
};

/** Folders of an experiment that are not runs. */
const RESERVED = new Set(['tags', 'datasets', 'models', 'traces', 'artifacts']);

/** The experiments of all file stores in a folder. Artifacts belong to other importers; `.trash` holds deleted runs. */
export async function experimentsIn(files: readonly SourceFile[]): Promise<StoredExperiment[]> {
  const seen = files.filter(({ path }) => !/(^|\/)\.trash\//.test(path));
  const experiments = new Set<string>();
  const runs = new Set<string>();
  for (const file of seen.filter(({ name }) => name === META)) {
    const kind = await kindOfMeta(file);
    const path = parentOf(file.path);
    if (kind === 'experiment') experiments.add(path);
    if (kind === 'run') runs.add(path);
  }
  if (runs.has('')) return [singleRun(seen)];
  for (const run of runs) experiments.add(parentOf(run));
  const inside = below(experiments, seen);
  return [...experiments].toSorted().map((path) => experimentAt(path, inside.get(path) ?? [], runs));
}

type LocatedFile = { readonly parts: readonly string[]; readonly file: SourceFile };

/** The files below each of some folders, with the parts of their relative paths. Folders may lie within each other. */
function below(folders: ReadonlySet<string>, files: readonly SourceFile[]): Map<string, LocatedFile[]> {
  const inside = new Map([...folders].map((folder): [string, LocatedFile[]] => [folder, []]));
  for (const file of files) {
    inside.get('')?.push({ parts: file.path.split('/'), file });
    for (let at = file.path.indexOf('/'); at >= 0; at = file.path.indexOf('/', at + 1))
      inside.get(file.path.slice(0, at))?.push({ parts: file.path.slice(at + 1).split('/'), file });
  }
  return inside;
}

function experimentAt(
  path: string,
  placed: readonly LocatedFile[],
  known: ReadonlySet<string>,
): StoredExperiment {
  const meta = metaOf(placed);
  const folders = groupBy(
    placed.filter(({ parts }) => parts.length > 1 && !RESERVED.has(parts[0] ?? '')),
    ({ parts }) => parts[0] ?? '',
  );
  const runs = [...folders].flatMap(([name, members]) => {
    const runPath = path === '' ? name : `${path}/${name}`;
    const run = runAt(
      name,
      runPath,
      members.map(({ parts, file }) => ({ parts: parts.slice(1), file })),
    );
    return known.has(runPath) || (meta && filesOf(run).length > 0) ? [run] : [];
  });
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    root: parentOf(path),
    meta,
    tags: keyed('tags', placed),
    datasets: new Map(described('datasets', placed).map((dataset) => [dataset.key, dataset])),
    models: described('models', placed),
    runs,
  };
}

function singleRun(files: readonly SourceFile[]): StoredExperiment {
  const run = runAt('', '', below(new Set(['']), files).get('') ?? []);
  return { name: '', root: '', meta: undefined, tags: [], datasets: new Map(), models: [], runs: [run] };
}

function runAt(name: string, path: string, placed: readonly LocatedFile[]): StoredRun {
  return {
    name,
    path,
    meta: metaOf(placed),
    metrics: keyed('metrics', placed),
    params: keyed('params', placed),
    tags: keyed('tags', placed),
    inputs: described('inputs', placed),
    outputs: described('outputs', placed),
  };
}

const metaOf = (placed: readonly LocatedFile[]): SourceFile | undefined =>
  placed.find(({ parts }) => parts.length === 1 && parts[0] === META)?.file;

const keyed = (folder: string, placed: readonly LocatedFile[]): KeyedFile[] =>
  placed
    .filter(({ parts }) => parts.length > 1 && parts[0] === folder)
    .map(({ parts, file }) => ({ key: parts.slice(1).join('/'), file }));

/** The `meta.yaml` files of the folders in a folder, by folder name. */
const described = (folder: string, placed: readonly LocatedFile[]): KeyedFile[] =>
  placed
    .filter(({ parts }) => parts.length === 3 && parts[0] === folder && parts[2] === META)
    .map(({ parts, file }) => ({ key: parts[1] ?? '', file }));

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** All files of a run that are imported. */
export const filesOf = ({ meta, metrics, params, tags, inputs, outputs }: StoredRun): SourceFile[] => [
  ...(meta ? [meta] : []),
  ...[metrics, params, tags, inputs, outputs].flat().map(({ file }) => file),
];

/** All files of an experiment that are imported. */
export const filesBelow = ({ meta, tags, datasets, models, runs }: StoredExperiment): SourceFile[] => [
  ...(meta ? [meta] : []),
  ...[tags, [...datasets.values()], models].flat().map(({ file }) => file),
  ...runs.flatMap(filesOf),
];
