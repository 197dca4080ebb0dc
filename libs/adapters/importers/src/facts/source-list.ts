import type { SourceFile } from '../files/folder.ts';
import type { FactCollector } from './fact-collector.ts';
import { contentId, stemOf } from './shard-list.ts';
import { truncate } from './text.ts';

/** Where data lie, and what they are called. */
export type ListedSource = {
  readonly ref: string;
  readonly name?: string | undefined;
  /** What `ref` is: an address, unless it says otherwise. */
  readonly kind?: 'uri' | 'name';
};

const MAX_SOURCES = 5000;

/** Adds what a file lists without weights: a snapshot of these sources. Returns its id, the name and a digest of the file. */
export async function addSourceList(
  file: SourceFile,
  pointer: string,
  listed: readonly ListedSource[],
  collector: FactCollector,
): Promise<string> {
  const sha256 = await file.sha256();
  const snapshotId = contentId(stemOf(file.path), sha256);
  const left = listed.length - MAX_SOURCES;
  if (left > 0) {
    const example = `${file.path}: only the first ${MAX_SOURCES} sources were imported`;
    collector.findings.warn('sources_left_out', example, left);
  }
  const sources = listed.slice(0, MAX_SOURCES).map(({ ref, name, kind = 'uri' }) => ({
    kind,
    ref: truncate(ref, 2048),
    multiplicity: 1,
    ...(name !== undefined && { name: truncate(name, 512) }),
  }));
  collector.add({ sha256, pointer }, snapshotId, {
    type: 'corpus.snapshot.registered',
    data: { snapshotId, name: truncate(stemOf(file.path), 512), sources },
  });
  return snapshotId;
}
