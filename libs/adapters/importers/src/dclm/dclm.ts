import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer } from '../importer.ts';
import type { Origin } from '../facts/imported-event.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { creationDate, dclmKind, dclmRecord, isBrokenRecord } from './dclm-record.ts';
import type { DclmKind, DclmRecord } from './dclm-record.ts';
import { datasetFact } from './dataset-fact.ts';
import { evalFacts } from './eval-facts.ts';
import { isNamedByFile } from './evaluated-model.ts';
import { modelFacts } from './model-facts.ts';
import { reportReferences } from './references.ts';
import { validationLosses } from './validation-losses.ts';

const NAME = { kind: 'dclm', version: '1.0' };

/** A store of datasets, models and evaluations: one JSON record a file, linked by UUID (`exp_data` of DCLM). */
export const dclm: Importer = {
  ...NAME,
  looksFor: 'JSON records of datasets, models and evaluations that reference each other by UUID',
  detect,
  read,
};

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const counts: Record<DclmKind, number> = { dataset: 0, model: 0, eval: 0 };
  const records: SourceFile[] = [];
  for (const file of files) {
    const kind = await dclmKind(file);
    if (!kind) continue;
    counts[kind] += 1;
    records.push(file);
  }
  if (records.length === 0) return [];
  const known = new Set(records);
  for (const file of files) {
    if (!known.has(file) && (await isBrokenRecord(file))) records.push(file);
  }
  const { dataset, model } = counts;
  const evidence = `records with a uuid: ${dataset} datasets, ${model} models, ${counts.eval} evaluations`;
  return [{ files: records, confidence: 0.97, evidence: [evidence] }];
}

async function read({ files }: Folder): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const records: DclmRecord[] = [];
  const known = new Map<string, DclmRecord>();
  for (const file of files) {
    const record = await dclmRecord(file);
    if (!record) collector.findings.reject(file.path, '', await whyNoRecord(file));
    else if (isNew(record, known, collector)) records.push(record);
  }
  for (const record of records) addFacts(record, collector);
  reportReferences(records, collector.findings);
  return collector.finish();
}

/**
 * Whether a record says something that no other record said. Of two records that state different things under one UUID the
 * store does not say which is right, so that the second is refused and replaces nothing.
 */
function isNew(record: DclmRecord, known: Map<string, DclmRecord>, { findings }: FactCollector): boolean {
  const { file, kind, uuid, content } = record;
  const before = known.get(`${kind} ${uuid}`);
  if (!before) {
    known.set(`${kind} ${uuid}`, record);
    return true;
  }
  if (before.content === content)
    findings.warn('file_repeated', `${file.path} is a copy of ${before.file.path}`);
  else
    findings.reject(
      file.path,
      '/uuid',
      `conflict: ${before.file.path} has another ${kind} with the uuid ${uuid}, which was imported; give one of them a uuid of its own`,
    );
  return false;
}

const whyNoRecord = async (file: SourceFile): Promise<string> =>
  (await file.json()) === undefined
    ? 'the file is not valid JSON, or it is truncated'
    : 'the file is not a record of a dataset, a model or an evaluation with a uuid';

function addFacts(record: DclmRecord, collector: FactCollector): void {
  const { findings } = collector;
  const origin = (pointer: string): Origin => ({ sha256: record.sha256, pointer });
  reportDate(record, collector);
  switch (record.kind) {
    case 'dataset': {
      const data = datasetFact(record, findings);
      collector.add(origin(''), record.uuid, { type: 'corpus.snapshot.registered', data });
      return;
    }
    case 'model': {
      for (const fact of modelFacts(record, findings)) collector.add(origin(''), record.uuid, fact);
      for (const [index, data] of validationLosses(record).entries()) {
        const entity = index === 0 ? record.uuid : `${record.uuid}|${index}`;
        collector.add(origin('/results'), entity, { type: 'training.metrics.recorded', data });
      }
      return;
    }
    case 'eval':
      for (const { pointer, data } of evalFacts(record, findings)) {
        const entity = isNamedByFile(data.runId) ? `${record.uuid}|${data.runId}` : record.uuid;
        collector.add(origin(pointer), entity, { type: 'evaluation.score.recorded', data });
      }
  }
}

function reportDate({ file, members }: DclmRecord, { findings }: FactCollector): void {
  const date = creationDate(members['creation_date']);
  if (!date || date.time !== undefined) return;
  if (date.readable) findings.warn('time_zone_unknown', `${file.path}: ${date.text} has no time zone`);
  else findings.warn('date_unreadable', `${file.path}: the date "${date.text}" is kept as text`);
}
