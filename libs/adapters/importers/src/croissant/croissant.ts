import type { FactCatalogue } from '@tributary/contracts';
import { addMembers } from '../facts/add-members.ts';
import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { listIn, pointerTo, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { truncateName } from '../facts/text.ts';
import { descriptionIn, snapshotOf } from './description.ts';
import { distributionOf } from './distribution.ts';
import type { DistributionEntry } from './distribution.ts';

type Snapshot = FactCatalogue['corpus.snapshot.registered'];

/** Dataset descriptions in Croissant 1.0 or 1.1 (JSON-LD of MLCommons). */
export const croissant = fileImporter({
  kind: 'croissant',
  version: '1.0',
  looksFor: 'a dataset description in JSON-LD that conforms to Croissant',
  recognise: async (file) => {
    const description = await descriptionIn(file);
    if (!description) return undefined;
    const conforms = listIn(description['conformsTo'])?.[0] ?? description['conformsTo'];
    return { confidence: 0.98, evidence: `conforms to ${textIn(conforms) ?? 'Croissant'}` };
  },
  readFile,
});

async function readFile(file: SourceFile, collector: FactCollector): Promise<void> {
  const description = await descriptionIn(file);
  if (!description) {
    collector.findings.reject(
      file.path,
      '',
      'the file is not a dataset description that conforms to Croissant',
    );
    return;
  }
  const sha256 = await file.sha256();
  const snapshot = snapshotOf(description);
  collector.add({ sha256, pointer: '' }, snapshot.snapshotId, {
    type: 'corpus.snapshot.registered',
    data: snapshot,
  });
  reportLicenceAndHashes(file, description, snapshot, collector);
  const shards = distributionOf(description).flatMap((entry, index) => {
    const shard = shardOf(entry, snapshot);
    return shard ? [{ shard, index }] : [];
  });
  for (const { shard, index } of shards) {
    const origin = { sha256, pointer: pointerTo('distribution', index) };
    collector.add(origin, shard.shardId, { type: 'corpus.shard.registered', data: shard });
  }
  const members = shards.map(({ shard: { shardId, slice } }) => ({ shardId, slice, repeats: 1 }));
  addMembers(collector, { sha256, pointer: '/distribution' }, snapshot.snapshotId, members);
}

/** A file with an address is a shard. File sets and files inside archives are not. */
function shardOf(
  { id, isSet, contentUrl, digest, bytes, members }: DistributionEntry,
  { snapshotId, licence, name }: Snapshot,
): FactCatalogue['corpus.shard.registered'] | undefined {
  if (isSet || contentUrl === undefined || members['containedIn'] !== undefined) return undefined;
  return {
    shardId: truncateName(`${snapshotId}#${id}`, 256),
    uri: contentUrl.slice(0, 2048),
    slice: sliceName(name ?? 'unnamed').replaceAll('/', '-'),
    split: 'unknown',
    ...(digest && { digest }),
    ...(bytes !== undefined && { bytes: { value: bytes, method: 'declared' } }),
    ...(licence !== undefined && { licence }),
  };
}

function reportLicenceAndHashes(
  file: SourceFile,
  description: JsonObject,
  snapshot: Snapshot,
  { findings }: FactCollector,
): void {
  const { licence, redacted } = snapshot;
  if (licence === undefined)
    findings.warn('licence_absent', `${file.path}: the description states no licence`);
  if (licence === 'unknown')
    findings.warn('licence_unknown', `${file.path}: the description states that the licence is unknown`);
  if (redacted)
    findings.warn('secret_redacted', `${file.path}: a secret in the file was redacted in the fact`);
  for (const { id, statedSha256, digest } of distributionOf(description)) {
    if (statedSha256 === undefined || digest?.algorithm === 'sha256') continue;
    const reason = digest ? `has the length of ${digest.algorithm}` : 'is not a digest';
    findings.warn('sha256_invalid', `${file.path} ${id}: ${statedSha256.slice(0, 60)} ${reason}`);
  }
}
