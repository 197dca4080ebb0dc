import { Fault } from '@tributary/kernel';
import type { Blobs } from './blobs.ts';
import { isDigest } from './digest.ts';

/** What stands in an event in the place of `data` that lies in a blob. */
export type DataReference = {
  readonly dataref: string;
  readonly datadigest: string;
  /** Bytes. */
  readonly datasize: number;
};

export const dataReference = (sha256: string, bytes: number): DataReference => ({
  dataref: `urn:sha256:${sha256}`,
  datadigest: `sha256:${sha256}`,
  datasize: bytes,
});

/** SHA-256 of the blob that holds the data of a parsed event; undefined where the event holds it itself. */
export function referencedDigest(event: unknown): string | undefined {
  if (!isRecord(event) || 'data' in event) return undefined;
  const { datadigest } = event;
  if (typeof datadigest !== 'string' || !datadigest.startsWith('sha256:')) return undefined;
  const sha256 = datadigest.slice('sha256:'.length);
  return isDigest(sha256) ? sha256 : undefined;
}

/**
 * A parsed event with its data: the event itself, or one whose claim is redeemed. Throws Fault `blob_missing`, and
 * `blob_damaged` as `Blobs` does.
 */
export async function resolveData(event: unknown, blobs: Pick<Blobs, 'read'>): Promise<unknown> {
  const sha256 = referencedDigest(event);
  if (sha256 === undefined || !isRecord(event)) return event;
  const bytes = await blobs.read(sha256);
  if (!bytes) {
    throw new Fault(
      'blob_missing',
      `the blob ${sha256} that holds the data of event ${String(event['id'])} is not in the store; restore it from a backup`,
    );
  }
  const { dataref: _ref, datadigest: _digest, datasize: _size, ...rest } = event;
  const data: unknown = JSON.parse(bytes.toString('utf8'));
  return { ...rest, data };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
