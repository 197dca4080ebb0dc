import { Fault } from '@tributary/kernel';
import type { Blobs } from './blobs.ts';
import { isDigest } from './digest.ts';

/** Attributes of an event whose `data` is stored in a blob (the claim check pattern). */
export type DataReference = {
  readonly dataref: string;
  readonly datadigest: string;
  /** Length of the data in bytes. */
  readonly datasize: number;
};

/** The reference to a blob with a SHA-256 (lower-case hex) and a length in bytes. */
export const dataReference = (sha256: string, bytes: number): DataReference => ({
  dataref: `urn:sha256:${sha256}`,
  datadigest: `sha256:${sha256}`,
  datasize: bytes,
});

/** SHA-256 (lower-case hex) of the blob with the data of a parsed event; undefined where the event has its data. */
export function referencedDigest(event: unknown): string | undefined {
  if (!isRecord(event) || 'data' in event) return undefined;
  const { datadigest } = event;
  if (typeof datadigest !== 'string' || !datadigest.startsWith('sha256:')) return undefined;
  const sha256 = datadigest.slice('sha256:'.length);
  return isDigest(sha256) ? sha256 : undefined;
}

/**
 * A parsed event with its data: the event itself, or a copy whose reference is replaced by the data of the blob. Throws
 * Faults `blob_missing`, and `blob_damaged` as `Blobs` does.
 */
export async function resolveData(event: unknown, blobs: Pick<Blobs, 'read'>): Promise<unknown> {
  const sha256 = referencedDigest(event);
  if (sha256 === undefined || !isRecord(event)) return event;
  const bytes = await blobs.read(sha256);
  if (!bytes) {
    throw new Fault(
      'blob_missing',
      `blob ${sha256} with the data of event ${String(event['id'])} is not in the store; restore it from a backup`,
    );
  }
  const { dataref: _ref, datadigest: _digest, datasize: _size, ...rest } = event;
  const data: unknown = JSON.parse(bytes.toString('utf8'));
  return { ...rest, data };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
