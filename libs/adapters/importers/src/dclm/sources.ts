import type { FactCatalogue } from '@tributary/contracts';
import { groupBy } from '@tributary/kernel';
import { listIn, objectIn, textIn } from '../files/untyped-values.ts';
import { datasetId, SOURCE_WITHOUT_NAME } from './dclm-record.ts';

export type SnapshotSource = NonNullable<FactCatalogue['corpus.snapshot.registered']['sources']>[number];

/**
 * The sources of a dataset: a list of `{uuid, name}`, an address, or the empty string. A source that is listed twice
 * has multiplicity 2. Undefined if the member is null or missing, which differs from an empty list.
 */
export function sourcesIn(value: unknown): SnapshotSource[] | undefined {
  if (typeof value === 'string') return [textSource(value)];
  const list = listIn(value);
  return (
    list && [...groupBy(list.map(listedSource), ({ kind, ref }) => `${kind} ${ref}`).values()].flatMap(merged)
  );
}

function merged(repeated: readonly SnapshotSource[]): SnapshotSource[] {
  const [first] = repeated;
  return first ? [{ ...first, multiplicity: repeated.length }] : [];
}

function listedSource(entry: unknown): SnapshotSource {
  if (typeof entry === 'string') return textSource(entry);
  const members = objectIn(entry) ?? {};
  const uuid = textIn(members['uuid']);
  const name = textIn(members['name'])?.slice(0, 512);
  if (uuid !== undefined) {
    return { kind: 'snapshot', ref: datasetId(uuid), ...(name !== undefined && { name }), multiplicity: 1 };
  }
  return name === undefined
    ? unnamed()
    : { kind: 'name', ref: name, multiplicity: 1, reason: 'uuid_missing' };
}

function textSource(text: string): SnapshotSource {
  const ref = text.trim().slice(0, 2048);
  return ref === '' ? unnamed() : { kind: 'uri', ref, multiplicity: 1, reason: 'opaque_uri' };
}

const unnamed = (): SnapshotSource => ({
  kind: 'unknown',
  ref: SOURCE_WITHOUT_NAME,
  multiplicity: 1,
  reason: 'source_empty',
});
