import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import type { Point } from '../run-history/point.ts';
import { tensorBoardEvent } from './tensorboard-event.ts';
import type { TensorBoardEvent } from './tensorboard-event.ts';
import { tfRecords } from './tf-records.ts';

/** An event file. Events are numbered from 1 in file order. */
export type EventFile = {
  readonly path: string;
  readonly sha256: string;
  readonly events: readonly (TensorBoardEvent & { readonly at: number })[];
};

/** Reads the events of a file. Truncated and corrupt records are rejected with their byte ranges. */
export async function eventFile(file: SourceFile, findings: Findings): Promise<EventFile> {
  const bytes = await file.content();
  const { records, gaps } = tfRecords(bytes);
  if (bytes.length === 0) findings.reject(`${file.path}:bytes:0`, '', 'the file is empty');
  for (const { kind, from, to } of gaps)
    findings.reject(`${file.path}:bytes:${from}-${to}`, '', whyGap(kind, from, to, bytes));
  const events = records.flatMap(({ bytes: payload, offset }, index) => {
    const event = tensorBoardEvent(payload);
    if (event) return [{ ...event, at: index + 1 }];
    findings.reject(`${file.path}:bytes:${offset}`, '', 'the record is not a TensorBoard event');
    return [];
  });
  reportOtherValues(file.path, events, findings);
  return { path: file.path, sha256: await file.sha256(), events };
}

// oxlint-disable-next-line max-params -- a gap in a file
function whyGap(kind: 'truncated' | 'corrupt', from: number, to: number, bytes: Uint8Array): string {
  if (kind === 'truncated')
    return `the file ends within the record that starts at byte ${from}; all records before it were imported`;
  const rest = to === bytes.length ? 'nothing after it could be read' : 'the other records were imported';
  return `the record at byte ${from} has a wrong checksum; ${rest}`;
}

function reportOtherValues(path: string, events: EventFile['events'], findings: Findings): void {
  const tags = events.flatMap(({ others, at }) => others.map((tag) => `${path}:record:${at} ${tag}`));
  if (tags[0] !== undefined) findings.warn('value_is_no_number', tags[0], tags.length);
}

export const pointsOf = (events: EventFile['events']): Point[] =>
  events.flatMap(({ scalars, step, time, at }) =>
    scalars.map(([key, value]) => ({ key, step, value, time, at })),
  );
