import type { IngestEndpoint } from '@tributary/capture';
import { artifactChildren, trackedArtifacts } from '@tributary/training';
import { absent, invalid, MlflowFault } from '../errors.ts';
import type { ArtifactOwner } from '../facts/artifacts.ts';
import { creationOf, DEFAULT_PROJECT } from '../facts/tracker.ts';
import { nextToken } from '../requests/page.ts';
import type { Page } from '../requests/page.ts';
import { modelArtifacts, modelOf } from './models.ts';
import { project, settled } from './projects.ts';
import { run, runArtifacts } from './runs.ts';

/** A file, or a folder where the path is one, of a run or model. */
export type ArtifactTarget = { readonly owner: ArtifactOwner; readonly segments: readonly string[] };

const SCHEME = 'mlflow-artifacts:';

/** A location of files in which a client reaches this server: the path in it without slashes at its ends. */
function servedPath(location: string): string | undefined {
  if (!location.startsWith(`${SCHEME}/`)) return undefined;
  const path = location.slice(SCHEME.length).replace(/^\/\/[^/]*/, '');
  return path.replaceAll(/^\/+|\/+$/g, '');
}

/** Folders named `artifacts` in one path at which an owner is looked for. */
const MAX_CANDIDATES = 4;

/**
 * The run or the model whose files are at a path, which begins with the location that the run or model states. Throws
 * MlflowFault where nothing states such a location.
 */
export async function targetOf(
  endpoint: IngestEndpoint,
  segments: readonly string[],
): Promise<ArtifactTarget> {
  for (const at of foldersOf(segments)) {
    const root = segments.slice(0, at + 1).join('/');
    for (const owner of ownersAt(segments, at)) {
      const stated = await rootOf(endpoint, owner).catch(unlessAbsent);
      if (stated !== undefined && servedPath(stated) === root)
        return { owner, segments: segments.slice(at + 1) };
    }
  }
  throw absent(`a run or a model whose artifacts are at ${JSON.stringify(segments.join('/').slice(0, 200))}`);
}

const foldersOf = (segments: readonly string[]): number[] =>
  segments.flatMap((segment, at) => (segment === 'artifacts' && at > 0 ? [at] : [])).slice(0, MAX_CANDIDATES);

/** Ids of runs that were recorded as facts may have slashes. */
const MAX_ID_SEGMENTS = 3;

function ownersAt(segments: readonly string[], at: number): ArtifactOwner[] {
  const id = segments[at - 1] ?? '';
  const runs = Array.from({ length: Math.min(MAX_ID_SEGMENTS, at) }, (_, more): ArtifactOwner => ({
    kind: 'run',
    id: segments.slice(at - 1 - more, at).join('/'),
  }));
  return segments[at - 2] === 'models' ? [{ kind: 'model', id }, ...runs] : runs;
}

function unlessAbsent(error: unknown): undefined {
  if (error instanceof MlflowFault && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
  throw error;
}

/** Where the files of a run or model are. Reads no table for what this API created. */
function rootOf(endpoint: IngestEndpoint, owner: ArtifactOwner): Promise<string> {
  return owner.kind === 'run' ? runRoot(endpoint, owner.id) : modelRoot(endpoint, owner.id);
}

async function runRoot(endpoint: IngestEndpoint, id: string): Promise<string> {
  const begun = await creationOf(endpoint.log, { kind: 'run', id });
  if (!begun) return (await run(endpoint, id)).artifacts;
  const project_id = textOf(begun['projectId']) || DEFAULT_PROJECT;
  return runArtifacts({ project_id, artifacts: await locationOf(endpoint, project_id) }, id);
}

async function locationOf(endpoint: IngestEndpoint, id: string): Promise<string> {
  const made = await creationOf(endpoint.log, { kind: 'project', id });
  if (made) return textOf(made['artifacts']);
  return id === DEFAULT_PROJECT ? '' : (await project(endpoint, id)).artifacts;
}

async function modelRoot(endpoint: IngestEndpoint, model_id: string): Promise<string> {
  const made = await creationOf(endpoint.log, { kind: 'model', id: model_id });
  if (!made) return modelArtifacts(await modelOf(endpoint, model_id, true));
  return modelArtifacts({ model_id, project_id: textOf(made['projectId']) || DEFAULT_PROJECT });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Files and folders in one answer where the protocol has no pages. */
const MAX_CHILDREN = 50_000;

type Listed = { readonly path: string; readonly is_dir: boolean; readonly file_size?: number };

/** What is directly in a folder, by name, without the path of the folder. Throws MlflowFault for a folder that is too full. */
export async function childrenOf(
  endpoint: IngestEndpoint,
  { owner, segments }: ArtifactTarget,
): Promise<readonly Listed[]> {
  const { files, next_page_token } = await childrenPage(
    endpoint,
    { owner, segments },
    { skip: 0, first: MAX_CHILDREN },
  );
  if (next_page_token === undefined) return files;
  throw invalid(
    `the folder has more than ${MAX_CHILDREN} files and folders; list it by pages (artifacts/list with max_results and page_token)`,
  );
}

/** A page of `childrenOf`. */
export async function childrenPage(
  endpoint: IngestEndpoint,
  { owner, segments }: ArtifactTarget,
  page: Page,
) {
  const rows = await endpoint.engine.reader.all(artifactChildren, {
    owner_kind: owner.kind,
    owner_id: owner.id,
    folder: folderOf(segments),
    first: page.first + 1,
    skip: page.skip,
    as_of: await settled(endpoint),
  });
  const files = rows
    .slice(0, page.first)
    .map(({ name, is_folder, bytes }): Listed =>
      is_folder ? { path: name, is_dir: true } : { path: name, is_dir: false, file_size: bytes },
    );
  return { files, ...nextToken(page, page.skip + rows.length) };
}

const folderOf = (segments: readonly string[]): string =>
  segments.length === 0 ? '' : `${segments.join('/')}/`;

type Stored = { readonly path: string; readonly digest: string; readonly bytes: number };

/** Throws MlflowFault where no such file is listed. */
export async function artifactAt(
  endpoint: IngestEndpoint,
  { owner, segments }: ArtifactTarget,
): Promise<Stored> {
  const path = segments.join('/');
  const [found] = await filesOf(endpoint, owner, { paths: [path], folder: '', after: '', first: 1 });
  if (!found) throw absent(`artifact ${JSON.stringify(path)} of ${owner.kind} ${owner.id}`);
  return found;
}

/** Whether a path has the content with a digest now. */
export async function isListed(
  endpoint: IngestEndpoint,
  owner: ArtifactOwner,
  { path, digest }: Pick<Stored, 'path' | 'digest'>,
): Promise<boolean> {
  const [found] = await filesOf(endpoint, owner, { paths: [path], folder: '', after: '', first: 1 });
  return found?.digest === digest;
}

/** The paths of the file or folder in order, in parts of at most `most`. No path comes twice. */
export async function* pathsBelow(
  endpoint: IngestEndpoint,
  { owner, segments }: ArtifactTarget,
  most: number,
): AsyncGenerator<readonly string[]> {
  const folder = folderOf(segments);
  const asked = { paths: [], folder, after: '', first: most };
  const itself = { ...asked, paths: [segments.join('/')], folder: '' };
  if (folder !== '') yield pathsOf(await filesOf(endpoint, owner, itself));
  for (let after = ''; ;) {
    const paths = pathsOf(await filesOf(endpoint, owner, { ...asked, after }));
    yield paths;
    if (paths.length < most) return;
    after = paths.at(-1) ?? after;
  }
}

const pathsOf = (files: readonly Stored[]): string[] => files.map(({ path }) => path);

type Asked = {
  readonly paths: string[];
  readonly folder: string;
  readonly after: string;
  readonly first: number;
};

const filesOf = async (endpoint: IngestEndpoint, owner: ArtifactOwner, asked: Asked) =>
  endpoint.engine.reader.all(trackedArtifacts, {
    owner_kind: owner.kind,
    owner_id: owner.id,
    ...asked,
    as_of: await settled(endpoint),
  });
