import { groupBy } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import { statedIn, textIn } from '../files/untyped-values.ts';
import { DATASET_WITHOUT_UUID, datasetId, modelId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';
import { evaluated } from './evaluated-model.ts';
import { trainedOn } from './model-facts.ts';
import { sourcesIn } from './sources.ts';

type Reference = {
  readonly target: string;
  readonly record: DclmRecord;
  readonly pointer: string;
  readonly reason: string;
};

/**
 * Lists every referenced target that is not in the store once, with the first record that names it. Datasets of models
 * without a `dataset_uuid` are one target, because only their names are known.
 */
export function reportReferences(records: readonly DclmRecord[], findings: Findings): void {
  const registered = new Set(
    records.map(({ kind, uuid }) => (kind === 'model' ? modelId(uuid) : datasetId(uuid))),
  );
  const dangling = records.flatMap(referencesOf).filter(({ target }) => !registered.has(target));
  for (const [target, [first, ...others]] of groupBy(dangling, (reference) => reference.target)) {
    if (!first) continue;
    const names = new Set(
      [first, ...others].flatMap(({ record: { members } }) => textIn(members['dataset_name']) ?? []),
    );
    const named =
      target === DATASET_WITHOUT_UUID ? `, named ${[...names].join(', ') || 'without a name'}` : '';
    const more = others.length > 0 ? `, also referenced by ${others.length} more records` : '';
    findings.leaveUnresolved(
      first.record.file.path,
      first.pointer,
      `${first.reason}: ${target}${named}${more}`,
    );
  }
  reportMissingUuids(records, findings);
}

function referencesOf(record: DclmRecord): Reference[] {
  if (record.kind === 'model') {
    const target = trainedOn(record);
    const reason = target === DATASET_WITHOUT_UUID ? 'uuid_missing' : 'not_in_store';
    return [{ target, record, pointer: '/dataset_uuid', reason }];
  }
  if (record.kind === 'eval') {
    const missing = statedIn(record.members['model_uuid']) === undefined;
    return [
      {
        target: evaluated(record),
        record,
        pointer: '/model_uuid',
        reason: missing ? 'uuid_missing' : 'not_in_store',
      },
    ];
  }
  const sources = sourcesIn(record.members['sources']) ?? [];
  return sources.map(({ ref, reason = 'not_in_store' }) => ({
    target: ref,
    record,
    pointer: '/sources',
    reason,
  }));
}

function reportMissingUuids(records: readonly DclmRecord[], findings: Findings): void {
  const datasets = records.filter(({ kind }) => kind === 'dataset');
  for (const [name, sameName] of groupBy(datasets, ({ members }) => textIn(members['name']) ?? '')) {
    const uuids = new Set(sameName.map(({ uuid }) => uuid));
    if (name !== '' && uuids.size > 1)
      findings.warn(
        'name_duplicate',
        `${name}: several datasets have this name; they are distinguished by UUID`,
        uuids.size - 1,
      );
  }
  for (const record of records) {
    const { kind, members, file } = record;
    if (kind === 'model' && textIn(members['dataset_uuid']) === undefined) {
      const named = textIn(members['dataset_name']) ?? 'without a name';
      findings.warn('dataset_uuid_empty', `${file.path}: the dataset is known only by its name: ${named}`);
    }
    if (kind === 'eval' && statedIn(members['model_uuid']) === undefined) {
      findings.warn(
        'model_uuid_missing',
        `${file.path}: no model_uuid; of ${statedIn(members['model']) ?? 'a model without a name'}, which is known here as ${evaluated(record)}`,
      );
    }
  }
}
