import type { FactCatalogue } from '@tributary/contracts';
import { appendDrafts, newestSetting, settingFact } from './register.ts';
import type { DraftFact, Register, TrackerLog } from './register.ts';

export type ArtifactOwner = { readonly kind: 'run' | 'model'; readonly id: string };

type Content = Pick<FactCatalogue['training.artifact.recorded'], 'digest' | 'bytes'>;

const pathRegister = ({ kind, id }: ArtifactOwner, path: string): Register => [kind, id, 'artifact', path];

/** Records the content of a file, which is stored already, in place of what the path had. */
export const recordArtifact = (
  log: TrackerLog,
  owner: ArtifactOwner,
  path: string,
  { digest, bytes }: Content,
): Promise<void> =>
  appendDrafts(log, async () => {
    const register = pathRegister(owner, path);
    const { count, newest } = await newestSetting(log, register);
    if (newest?.data['digest'] === digest) return [];
    const data = { ownerKind: owner.kind, ownerId: owner.id, path, digest, bytes };
    return [settingFact(register, count, { type: 'training.artifact.recorded', data })];
  });

/** Records that files are not listed any more, all or none of them. */
export const removeArtifacts = (
  log: TrackerLog,
  owner: ArtifactOwner,
  paths: readonly string[],
): Promise<void> =>
  appendDrafts(log, async () => {
    const drafts: DraftFact[] = [];
    for (const path of paths) {
      const register = pathRegister(owner, path);
      const { count, newest } = await newestSetting(log, register);
      if (newest?.type === 'training.artifact.removed') continue;
      const data = { ownerKind: owner.kind, ownerId: owner.id, path };
      drafts.push(settingFact(register, count, { type: 'training.artifact.removed', data }));
    }
    return drafts;
  });
