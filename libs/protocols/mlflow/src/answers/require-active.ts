import type { IngestEndpoint } from '@tributary/capture';
import { creationOf, DEFAULT_PROJECT, requireActive } from '../facts/tracker.ts';
import { project } from './projects.ts';
import { run } from './runs.ts';

/** Throws MlflowFault unless the project exists and is active. Returns the location of its files, empty where none is set. */
export async function requireProject(
  endpoint: IngestEndpoint,
  id: string,
): Promise<{ readonly artifacts: string }> {
  const owner = { kind: 'project', id } as const;
  const beginning = await creationOf(endpoint.log, owner);
  const isRegistered = !beginning && id !== DEFAULT_PROJECT;
  const artifacts = isRegistered ? (await project(endpoint, id)).artifacts : beginning?.['artifacts'];
  await requireActive(endpoint.log, owner);
  return { artifacts: typeof artifacts === 'string' ? artifacts : '' };
}

/**
 * Throws MlflowFault unless the run and its project exist and are active. A run that this API created is found in the
 * log's index, whose look-ups do not depend on the length of its history. The tables are read for other runs only.
 */
export async function requireRun(endpoint: IngestEndpoint, id: string): Promise<string> {
  const beginning = await creationOf(endpoint.log, { kind: 'run', id });
  const projectId = beginning ? beginning['projectId'] : (await run(endpoint, id)).project_id;
  await requireActive(endpoint.log, { kind: 'run', id });
  if (typeof projectId === 'string') await requireActive(endpoint.log, { kind: 'project', id: projectId });
  return id;
}
