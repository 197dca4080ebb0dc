import { beginningOf, DEFAULT_PROJECT, requireActive } from '@tributary/capture';
import type { Owner } from '@tributary/capture';
import type { Runtime as Spine } from '@tributary/graphql';
import { project } from './projects.ts';
import { run } from './runs.ts';

/** Refuses unless the project is known and active. Says where its files are kept, empty where nobody said. */
export async function requireProject(spine: Spine, id: string): Promise<{ readonly artifacts: string }> {
  const owner: Owner = { kind: 'project', id };
  const beginning = await beginningOf(spine.log, owner);
  const isTold = !beginning && id !== DEFAULT_PROJECT;
  const artifacts = isTold ? (await project(spine, id)).artifacts : beginning?.['artifacts'];
  await requireActive(spine.log, owner);
  return { artifacts: typeof artifacts === 'string' ? artifacts : '' };
}

/**
 * Refuses unless the run and its project are known and active. A run that was made by this API is found in the log's
 * index, in the same time however long its history is; only what came in another way is asked of the tables.
 */
export async function requireRun(spine: Spine, id: string): Promise<string> {
  const beginning = await beginningOf(spine.log, { kind: 'run', id });
  const projectId = beginning ? beginning['projectId'] : (await run(spine, id)).project_id;
  await requireActive(spine.log, { kind: 'run', id });
  if (typeof projectId === 'string') await requireActive(spine.log, { kind: 'project', id: projectId });
  return id;
}
