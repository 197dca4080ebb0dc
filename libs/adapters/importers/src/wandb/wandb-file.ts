import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { isWandbLog, logRecords } from './log-records.ts';
import { wandbRecord } from './wandb-record.ts';
import type { WandbRecord, WandbRun } from './wandb-record.ts';

/** The content of a `.wandb` file. Records are numbered from 1 in file order. */
export type WandbFile = {
  readonly path: string;
  readonly sha256: string;
  readonly run: WandbRun | undefined;
  readonly records: readonly (WandbRecord & { readonly at: number })[];
};

/** Reads the records of a file. Truncated and corrupt records are rejected with their byte ranges. */
export async function wandbFile(file: SourceFile, findings: Findings): Promise<WandbFile | undefined> {
  const bytes = await file.content();
  if (!isWandbLog(bytes)) {
    findings.reject(
      `${file.path}:bytes:0-${bytes.length}`,
      '',
      'the file does not start with the header of a .wandb file',
    );
    return undefined;
  }
  const { records, gaps } = logRecords(bytes);
  for (const { kind, from, to } of gaps) {
    const reason =
      kind === 'truncated'
        ? `the file ends within the record that starts at byte ${from}; all records before it were imported`
        : `the record from byte ${from} to ${to} has a wrong checksum; the other records were imported`;
    findings.reject(`${file.path}:bytes:${from}-${to}`, '', reason);
  }
  const known = records.flatMap(({ bytes: payload, offset }, index) => {
    const record = wandbRecord(payload);
    if (record) return [{ ...record, at: index + 1 }];
    findings.reject(`${file.path}:bytes:${offset}`, '', 'the record is not a protobuf message');
    return [];
  });
  const run = known.flatMap((record) => (record.kind === 'run' ? [record.run] : []))[0];
  return { path: file.path, sha256: await file.sha256(), run, records: known };
}
