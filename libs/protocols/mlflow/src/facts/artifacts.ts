import type { FactCatalogue } from '@tributary/contracts';
import { appendDrafts, newestSetting, settingFact } from './register.ts';
import type { DraftFact, Register, TrackerLog } from './register.ts';

export type ArtifactOwner = { readonly kind: 'run' | 'model'; readonly id: string };

type Content = Pick<FactCatalogue['training.artifact.recorded'], 'digest' | 'bytes'>;

const pathRegister = ({ kind, id }: ArtifactOwner, path: string): Register => [kind, id, 'artifact', path];

/**
 * Records the content of a file, which is stored already, in place of what the path had. The same content again stores
 * nothing where `isListed` finds it: facts of other senders may have removed it, which the register does not know.
 */
export const recordArtifact = (
  log: TrackerLog,
  { owner, path, digest, bytes }: Content & { readonly owner: ArtifactOwner; readonly path: string },
  isListed: () => Promise<boolean>,
): Promise<void> =>
  appendDrafts(log, async () => {
    const register = pathRegister(owner, path);
    const { count, newest } = await newestSetting(log, register);
    if (newest?.data['digest'] === digest && (await isListed())) return [];
    const data = { ownerKind: owner.kind, ownerId: owner.id, path, digest, bytes };
    return [settingFact(register, count, { type: 'training.artifact.recorded', data })];
  });

/** Records that listed files are not listed any more, all or none of them, whoever recorded them. */
export const removeArtifacts = (
  log: TrackerLog,
  owner: ArtifactOwner,
  paths: readonly string[],
): Promise<void> =>
  appendDrafts(log, async () => {
    const drafts: DraftFact[] = [];
    for (const path of paths) {
      const register = pathRegister(owner, path);
      const { count } = await newestSetting(log, register);
      const data = { ownerKind: owner.kind, ownerId: owner.id, path };
      drafts.push(settingFact(register, count, { type: 'training.artifact.removed', data }));
    }
    return drafts;
  });
