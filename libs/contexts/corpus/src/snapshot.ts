import type { Fact, Stamp } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import type { ColumnarRows, Row } from '@tributary/kernel';
import { countColumns, digestColumns } from './columns.ts';

type Snapshot = Fact<'corpus.snapshot.registered'>['data'];

export const snapshotRow = (data: Snapshot, stamp: Stamp): Row => ({
  ...stamp,
  snapshot_id: data.snapshotId,
  ...nameColumns(data),
  ...digestColumns(data.digest),
  ...countColumns('bytes', data.bytes),
  ...countColumns('documents', data.documents),
  ...countColumns('tokens', data.tokens),
  tokenizer: data.tokenizer ?? '',
  ...codeColumns(data.code),
  config: data.config ? canonicalJson(data.config) : '',
  redacted: data.redacted ?? false,
});

const nameColumns = (data: Snapshot): Row => ({
  name: data.name ?? '',
  version: data.version ?? '',
  description: data.description ?? '',
  uri: data.uri ?? '',
  licence: data.licence ?? '',
  licence_stated: data.licenceStated ?? '',
  created_at: data.createdAt ?? '',
  created_at_zone: data.createdAtZone ?? '',
});

const codeColumns = (code: Snapshot['code']): Row => ({
  repository: code?.repository ?? '',
  revision: code?.revision ?? '',
  code_digest: code?.digest ?? '',
});

export const sourceRows = (data: Snapshot, stamp: Stamp): Row[] =>
  (data.sources ?? []).map(({ kind, ref, name, multiplicity, reason }, index) => ({
    ...stamp,
    snapshot_id: data.snapshotId,
    place: index,
    kind,
    ref,
    name: name ?? '',
    multiplicity,
    reason: reason ?? '',
  }));

export const memberRows = (
  { snapshotId, firstIndex, members }: Fact<'corpus.members.listed'>['data'],
  stamp: Stamp,
): ColumnarRows => ({
  count: members.length,
  columns: {
    ...stamp,
    snapshot_id: snapshotId,
    place: members.map((_member, offset) => firstIndex + offset),
    shard_id: members.map(({ shardId }) => shardId),
    slice: members.map(({ slice }) => slice ?? ''),
    repeats: members.map(({ repeats }) => repeats),
    label: members.map(({ label }) => label ?? ''),
  },
});
