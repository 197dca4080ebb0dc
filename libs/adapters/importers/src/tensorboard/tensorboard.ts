import { groupBy, largest, rfc3339 } from '@tributary/kernel';
import { sha256Of, truncateName } from '../facts/text.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { spanOf } from '../run-history/point.ts';
import type { AttemptName } from '../run-history/point.ts';
import { recordMetrics, recordPoints } from '../run-history/record-points.ts';
import { contentName, runName } from '../run-history/run-name.ts';
import { seedsIn, startRun } from '../run-history/start-run.ts';
import { tensorBoardEvent } from './tensorboard-event.ts';
import type { TensorBoardEvent } from './tensorboard-event.ts';
import { eventFile, pointsOf } from './event-file.ts';
import { realignSamplesAxis } from './samples-axis.ts';
import { sessionsOf } from './sessions.ts';
import type { SessionPart, Session } from './sessions.ts';
import { lengthAt } from './tf-records.ts';

const NAME = {
  kind: 'tensorboard',
  version: '1.0',
  looksFor: 'event files of TensorBoard (events.out.tfevents.…)',
};

/**
 * Event files of TensorBoard. A folder is a run, as in TensorBoard, and a restart is an attempt. Scalars are read from
 * simple values and tensors. Images, histograms and text are counted and left out. Their names end with that of a host, which
 * may look like that of a program.
 */
export const tensorboard: Importer = { ...NAME, looksAt: 'everything', takes: ['run'], detect, read };

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const eventFiles: { file: SourceFile; confidence: number }[] = [];
  for (const file of files) {
    const confidence = confidenceOf(await file.head(), file.name);
    if (confidence > 0) eventFiles.push({ file, confidence });
  }
  return [...groupBy(eventFiles, ({ file }) => file.folder).values()].map((members) => ({
    files: members.map(({ file }) => file),
    confidence: largest(members.map(({ confidence }) => confidence)),
    evidence: members.map(({ file }) => `${file.path} has TFRecord frames with TensorBoard events`),
  }));
}

const VERSIONED = /^brain\.Event:\d+$/;

/**
 * The confidence that a file is an event file: its first event says `brain.Event`, or it has the name that TensorBoard
 * looks for.
 */
function confidenceOf(head: Uint8Array, name: string): number {
  const length = lengthAt(head, 0);
  const event = length === undefined ? undefined : tensorBoardEvent(head.subarray(12, 12 + length));
  if (event?.version !== undefined && VERSIONED.test(event.version)) return 0.98;
  if (!/tfevents/.test(name)) return 0;
  return length !== undefined || head.length === 0 ? 0.7 : 0.5;
}

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  for (const [folderPath, files] of groupBy(folder.files, (file) => file.folder)) {
    const eventFileContents = [];
    for (const file of files.toSorted(byStartTime))
      eventFileContents.push(await eventFile(file, collector.findings));
    const described = eventFileContents.flatMap(({ events }) => events).filter(describesRun);
    if (described.length === 0) {
      if (eventFileContents[0])
        collector.findings.warn('file_without_values', eventFileContents[0].path, eventFileContents.length);
      continue;
    }
    const runId = runName(folder, request, folderPath, contentName(NAME.kind, beginningOf(described)));
    for (const [index, session] of sessionsOf(eventFileContents).entries()) {
      readSession(collector, { runId, attempt: index + 1 }, session);
    }
  }
  return collector.finish();
}

/** The first events identify a run, because they stay the same while it continues. */
const IDENTIFYING_EVENTS = 16;

/** The digest of the first events, whose times have a resolution of microseconds. */
const beginningOf = (events: readonly TensorBoardEvent[]): string =>
  sha256Of(
    JSON.stringify(
      events.slice(0, IDENTIFYING_EVENTS).map(({ step, time, scalars }) => [step, time, scalars]),
    ),
  );

/** Whether an event describes the run. A writer can create a file without such events. */
const describesRun = ({ scalars, others, session, hparams }: TensorBoardEvent): boolean =>
  scalars.length > 0 || others.length > 0 || session !== undefined || hparams !== undefined;

/** Sorts files by the start time in their names, and by path within one second. */
function byStartTime(left: SourceFile, right: SourceFile): number {
  const seconds = ({ name }: SourceFile) => Number(/tfevents\.(\d+)/.exec(name)?.[1] ?? 0);
  return seconds(left) - seconds(right) || (left.path < right.path ? -1 : 1);
}

function readSession(collector: FactCollector, name: AttemptName, { parts, resumedAt }: Session): void {
  const [first] = parts;
  if (!first) return;
  const events = parts.flatMap((part) => part.events);
  const started = events.flatMap(({ hparams }) => (hparams?.kind === 'start' ? [hparams] : []))[0];
  const time = events.flatMap((event) => event.time ?? [])[0];
  const config = started?.config ?? {};
  startRun(
    collector,
    { sha256: first.file.sha256, pointer: `record:${first.events[0]?.at ?? 1}` },
    {
      ...name,
      config,
      seeds: seedsIn(config),
      ...(resumedAt !== undefined && { resumedFrom: { attempt: name.attempt - 1, step: resumedAt } }),
      ...(time !== undefined && { time: rfc3339(time) }),
    },
  );
  for (const part of parts) readPart(collector, name, part);
}

function readPart(collector: FactCollector, name: AttemptName, { file, events }: SessionPart): void {
  const source = { sha256: file.sha256, pointer: spanOf('records') };
  const { points, left, dropped } = realignSamplesAxis(pointsOf(events));
  recordPoints(collector, source, name, points);
  recordMetrics(collector, source, name, left);
  if (dropped + left.length > 0) {
    const example = `${file.path}: the x axis of "vs samples" series is consumed samples instead of steps`;
    collector.findings.warn('samples_axis', example, dropped + left.length);
  }
  for (const { session, step, checkpointPath, at, time, hparams } of events) {
    const origin = { sha256: file.sha256, pointer: `record:${at}` };
    const when = time === undefined ? {} : { time: rfc3339(time) };
    const entity = `${name.runId}#${name.attempt}`;
    if (session === 'checkpoint' && checkpointPath !== undefined && step >= 0) {
      const checkpointId = truncateName(`${name.runId}/${checkpointPath}`, 512);
      const data = { ...name, checkpointId, step, uri: checkpointPath.slice(0, 2048) };
      collector.add(origin, entity, { type: 'training.checkpoint.saved', data, ...when });
    }
    if (hparams?.kind === 'end') {
      const { status } = hparams;
      collector.add(origin, entity, { type: 'training.run.ended', data: { ...name, status }, ...when });
    }
  }
}
