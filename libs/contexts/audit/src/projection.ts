import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';

export const auditProjection: Projection = {
  context: 'audit',
  tables: ['audit_checkpoint', 'audit_action'],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'audit.checkpoint.published':
        return { audit_checkpoint: [checkpoint(fact.data, stamp)] };
      case 'audit.key.changed':
        return { audit_action: [keyChange(fact.data, stamp)] };
      case 'audit.subject.erased':
        return { audit_action: [erasure(fact.data, stamp)] };
      case 'audit.log.scrubbed':
        return { audit_action: [scrub(fact.data, stamp)] };
      default:
        return {};
    }
  },
};

const checkpoint = (data: Fact<'audit.checkpoint.published'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  origin: data.origin,
  tree_size: data.treeSize,
  root_hash: data.rootHash,
  note: data.note,
});

const keyChange = (data: Fact<'audit.key.changed'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  action: `key_${data.change}`,
  subject: data.keyId,
  algorithm: data.algorithm ?? '',
  public_key: data.publicKey ?? '',
  reason: data.reason,
  actor: data.actor,
  approved_by: '',
});

const scrub = (data: Fact<'audit.log.scrubbed'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  action: 'log_scrubbed',
  subject: data.scrubId,
  algorithm: '',
  public_key: '',
  reason: data.reason,
  actor: data.actor,
  approved_by: '',
});

const erasure = (data: Fact<'audit.subject.erased'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  action: 'subject_erased',
  subject: data.subjectId,
  algorithm: '',
  public_key: '',
  reason: data.reason,
  actor: data.actor,
  approved_by: data.approvedBy ?? '',
});
