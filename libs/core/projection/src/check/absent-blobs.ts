import { resolveData } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { blobsNamedBy, checkFact, isFactType, namesBlobs } from '@tributary/contracts';
import { Fault } from '@tributary/kernel';

/**
 * The SHA-256 of the files that a fact names and that are not kept; none of one that is not valid, which the tables say, and
 * none where the blob with its data is damaged, which reading every blob says. Throws Fault `blob_missing` where it is absent.
 */
export async function absentBlobs(
  { bytes, type: ofType }: { readonly bytes: Uint8Array; readonly type: string },
  blobs: Pick<Blobs, 'has' | 'read'>,
): Promise<readonly string[]> {
  if (!namesBlobs(ofType)) return [];
  const event = Object(await undamaged(resolveData(JSON.parse(Buffer.from(bytes).toString('utf8')), blobs)));
  const { type, data } = event;
  return isFactType(type) && checkFact(type, data) === undefined
    ? blobsNamedBy(type, data).filter((named) => !blobs.has(named))
    : [];
}

async function undamaged(event: Promise<unknown>): Promise<unknown> {
  try {
    return await event;
  } catch (error) {
    if (error instanceof Fault && error.code === 'blob_damaged') return undefined;
    throw error;
  }
}
