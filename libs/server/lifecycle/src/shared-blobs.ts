import { join } from 'node:path';
import { blobNames } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { ReadinessCondition } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import { addOwner, lostFolder, ownersOf } from './folder-owner.ts';

type Paths = {
  /** The folder that services share. */
  readonly blobs: string;
  /** The replica of this process. */
  readonly replica: string;
};

type Topic = { readonly clusterId: string; readonly name: string };

export type SharedBlobs = {
  /** `blobs_missing` where the folder is not the one that this process has seen in use for its topic; it shows no path. */
  conditions(): ReadinessCondition[];
  /** Marks the folder as that of the topic, and remembers it beside the replica. */
  mark(log: { readonly isEmpty: boolean }): Promise<void>;
};

/**
 * The blobs of a topic, in a folder that services share. To be called before anything is served. Throws Fault
 * `blobs_missing` where the replica of this process knows the folder, and it is another one now: a volume that was not
 * mounted, or one that was forgotten in a restore.
 */
export function openSharedBlobs(paths: Paths, topic: Topic): SharedBlobs {
  const shared = new KnownFolder(paths, logIdOf(topic));
  const [missing] = shared.conditions();
  if (missing) throw new Fault(missing.code, missing.detail);
  return shared;
}

/**
 * Blobs for a process without a replica, which cannot know the folder from before. Where one is not there and the folder has
 * no mark of the topic, reading throws Fault `blobs_missing`, retryable: the folder is another one, so the fact that needs
 * the blob has no fault, and would be there in the right one. In a marked folder a blob that is not there is lost.
 */
export function requiredBlobs(blobs: Pick<Blobs, 'read'>, folder: string, topic: Topic): Pick<Blobs, 'read'> {
  const logId = logIdOf(topic);
  return {
    async read(sha256) {
      const content = await blobs.read(sha256);
      if (content === undefined && !ownersOf(folder).includes(logId))
        throw new Fault('blobs_missing', lostText(folder, logId), { retryable: true });
      return content;
    },
  };
}

const logIdOf = ({ clusterId, name }: Topic): string => `${clusterId}.${name}`;

const lostText = (folder: string, logId: string): string =>
  lostFolder(folder, {
    logId,
    holds: 'data of facts that were acknowledged',
    name: 'the folder of TRIBUTARY_BLOBS',
    quotedPath: '"$TRIBUTARY_BLOBS"',
  });

class KnownFolder implements SharedBlobs {
  readonly #blobs: string;
  /** Beside the replica, so that whoever deletes the replica deletes it too. */
  readonly #known: string;
  readonly #logId: string;

  constructor({ blobs, replica }: Paths, logId: string) {
    this.#blobs = blobs;
    this.#known = join(replica, 'known-blobs');
    this.#logId = logId;
  }

  conditions(): ReadinessCondition[] {
    if (!this.#isKnown() || this.#isMarked()) return [];
    return [{ code: 'blobs_missing', detail: lostText(this.#blobs, this.#logId) }];
  }

  /**
   * A folder that is empty while the log is not may be the wrong one, so it gets no mark: that would hide the loss from
   * the processes that know the right one. Where the disk has no room, the next start does it.
   */
  async mark({ isEmpty }: { readonly isEmpty: boolean }): Promise<void> {
    try {
      if (!this.#isMarked() && (isEmpty || this.#hasBlobs())) await addOwner(this.#blobs, this.#logId);
      if (this.#isMarked() && !this.#isKnown()) await addOwner(this.#known, this.#logId);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && UNWRITABLE.has(error.code))) throw error;
    }
  }

  readonly #isMarked = (): boolean => ownersOf(this.#blobs).includes(this.#logId);

  readonly #isKnown = (): boolean => ownersOf(this.#known).includes(this.#logId);

  readonly #hasBlobs = (): boolean => blobNames(this.#blobs).next().done === false;
}

const UNWRITABLE: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM']);
