import type { IngestEndpoint } from '@tributary/capture';
import type { Owner } from '../facts/drafts.ts';
import { creationOf, DEFAULT_PROJECT, requireActive } from '../facts/tracker.ts';
import { project } from './projects.ts';
import { run } from './runs.ts';

/** Refuses unless the project is known and active. Says where its files are kept, empty where nobody said. */
export async function requireProject(
  endpoint: IngestEndpoint,
  id: string,
): Promise<{ readonly artifacts: string }> {
  const owner: Owner = { kind: 'project', id };
  const beginning = await creationOf(endpoint.log, owner);
  const isTold = !beginning && id !== DEFAULT_PROJECT;
  const artifacts = isTold ? (await project(endpoint, id)).artifacts : beginning?.['artifacts'];
  await requireActive(endpoint.log, owner);
  return { artifacts: typeof artifacts === 'string' ? artifacts : '' };
}

/**
 * Refuses unless the run and its project are known and active. A run that was made by this API is found in the log's
 * index, in the same time however long its history is; only what came in another way is asked of the tables.
 */
export async function requireRun(endpoint: IngestEndpoint, id: string): Promise<string> {
  const beginning = await creationOf(endpoint.log, { kind: 'run', id });
  const projectId = beginning ? beginning['projectId'] : (await run(endpoint, id)).project_id;
  await requireActive(endpoint.log, { kind: 'run', id });
  if (typeof projectId === 'string') await requireActive(endpoint.log, { kind: 'project', id: projectId });
  return id;
}
