import { groupBy, rfc3339 } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { stepGapsIn, isStep, spanOf } from '../run-history/point.ts';
import type { AttemptName, Point } from '../run-history/point.ts';
import { recordMetrics, recordPoints } from '../run-history/record-points.ts';
import { contentName, boundedName, withoutExtension, runName } from '../run-history/run-name.ts';
import { seedsIn, startRun } from '../run-history/start-run.ts';
import { isWandbLog } from './log-records.ts';
import { wandbFile } from './wandb-file.ts';
import type { WandbFile } from './wandb-file.ts';
import { historyPoints, systemPoints } from './wandb-points.ts';
import type { Values, WandbRun } from './wandb-record.ts';

const NAME = { kind: 'wandb', version: '1.0', looksFor: 'offline runs of W&B (.wandb files)' };

/**
 * Offline runs of W&B. Directories with the same run id are one run: the oldest is attempt 1, and later ones continue
 * it. A resumed offline run counts `_step` from 0 again. Its steps are then shifted after the previous ones, as W&B
 * does during the upload, and the column `_step` keeps the original value. Files in `files/` are matched but not read:
 * the log has the same content, and `wandb-metadata.json` is personal.
 */
export const wandb: Importer = { ...NAME, looksAt: 'everything', detect, read };

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const logs: { file: SourceFile; id: string }[] = [];
  for (const file of files) {
    if (isWandbLog(await file.head())) logs.push({ file, id: idIn(file.name) ?? file.path });
  }
  const companions = companionsIn(files);
  return [...groupBy(logs, ({ id }) => id).values()].map((members) => ({
    files: members.flatMap(({ file }) => [file, ...(companions.get(file.folder) ?? [])]),
    confidence: 0.99,
    evidence: members.map(({ file }) => `${file.path} starts with the W&B header and has a log of records`),
  }));
}

const idIn = (name: string): string | undefined => /^run-(.+)\.wandb$/.exec(name)?.[1];

/** The files that W&B writes into the directory of a log, by that directory. */
function companionsIn(files: readonly SourceFile[]): Map<string, SourceFile[]> {
  const inside = files.flatMap((file) =>
    [...file.path.matchAll(/\/(?=(?:files|logs)\/)/g)].map(({ index }) => ({
      file,
      folder: file.path.slice(0, index),
    })),
  );
  const ofRuns = inside.filter(({ folder }) => RUN_FOLDER.test(folder.slice(folder.lastIndexOf('/') + 1)));
  return new Map(
    [...groupBy(ofRuns, ({ folder }) => folder)].map(([folder, own]) => [
      folder,
      own.map(({ file }) => file),
    ]),
  );
}

const RUN_FOLDER = /^(?:offline-)?run-/;

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const logs = new Map<string, WandbFile>();
  for (const file of folder.files) {
    if (!file.name.endsWith('.wandb') && !isWandbLog(await file.head())) continue;
    const sha256 = await file.sha256();
    const original = logs.get(sha256);
    if (original) collector.findings.warn('file_repeated', `${file.path} is a copy of ${original.path}`);
    const log = original ? undefined : await wandbFile(file, collector.findings);
    if (log) logs.set(sha256, log);
  }
  const runs = groupBy([...logs.values()], (log) =>
    log.run?.runId ? runIdOf(log.run) : unnamedRun(folder, request, log),
  );
  for (const [runId, parts] of runs) readRun(collector, runId, parts);
  return collector.finish();
}

/**
 * The id of a run: W&B ids are unique within a project, so its project is part of it, whatever else is imported. The account
 * would be too, but it is personal.
 */
const runIdOf = ({ runId, project }: Pick<WandbRun, 'runId' | 'project'>): string =>
  boundedName(project === undefined ? runId : `${project}/${runId}`);

function unnamedRun(folder: Folder, request: ImportRequest, { path, sha256 }: WandbFile): string {
  const stem = withoutExtension(path);
  return runName(folder, request, stem, contentName(stem.replace(/^.*\//, ''), sha256));
}

function readRun(collector: FactCollector, runId: string, parts: readonly WandbFile[]): void {
  const inOrder = parts.toSorted(
    (left, right) =>
      (left.run?.startTime ?? 0) - (right.run?.startTime ?? 0) || (left.path < right.path ? -1 : 1),
  );
  let last: number | undefined;
  for (const [index, log] of inOrder.entries()) {
    const attempt = index + 1;
    const points = historyPoints(log, collector.findings);
    const resumed = last === undefined ? { points } : resumedPoints(log, points, last, collector.findings);
    startAttempt(collector, { runId, attempt }, log, resumed.resumedAt);
    const source = { sha256: log.sha256, pointer: spanOf('record') };
    recordPoints(collector, source, { runId, attempt }, resumed.points);
    recordMetrics(collector, source, { runId, attempt }, systemPoints(log));
    endAttempt(collector, { runId, attempt }, log, resumed.points);
    last = Math.max(last ?? -1, ...lastStep(resumed.points));
    reportStepGaps(log.path, resumed.points, collector.findings);
  }
}

type ResumedPoints = { readonly points: readonly Point[]; readonly resumedAt?: number };

/** The points of a resumed run: shifted after the last step if they count from 0 again, otherwise unchanged. */
function resumedPoints(
  log: WandbFile,
  points: readonly Point[],
  last: number,
  findings: Findings,
): ResumedPoints {
  const [first] = points.flatMap(({ step }) => (isStep(step) ? [step] : []));
  if (first === undefined) return { points, resumedAt: last };
  if (first > 0) return { points, resumedAt: Math.min(last, first - 1) };
  const shift = last + 1;
  findings.warn('step_counted_anew', `${log.path}: _step restarts at 0; step 0 was imported as ${shift}`);
  const moved = points.map((point) => (point.step === null ? point : { ...point, step: point.step + shift }));
  const rows = [...groupBy(points, ({ at }) => at).values()].flatMap(([row]) => (row ? [row] : []));
  const raw = rows.flatMap(({ step, time, at }) =>
    step === null ? [] : [{ key: '_step', step: step + shift, value: step, time, at }],
  );
  return { points: [...moved, ...raw], resumedAt: last };
}

function startAttempt(
  collector: FactCollector,
  name: AttemptName,
  log: WandbFile,
  resumedAt: number | undefined,
): void {
  const { run, records } = log;
  const origin = {
    sha256: log.sha256,
    pointer: `record:${records.find(({ kind }) => kind === 'run')?.at ?? 1}`,
  };
  const config = configOf(run?.config ?? [], records);
  startRun(collector, origin, {
    ...name,
    config,
    seeds: seedsIn(config),
    ...machineOf(log),
    ...(run && describedBy(run)),
    ...(resumedAt !== undefined && {
      resumedFrom: { attempt: name.attempt - 1, step: Math.max(0, resumedAt) },
    }),
  });
  if (!run) {
    collector.findings.leaveUnresolved(log.path, '', 'no record names the run; it was named after its file');
  } else if (run.tags.length > 0) {
    const tags = Object.fromEntries(run.tags.map((tag) => [tag.slice(0, 256), '']));
    const data = { runId: name.runId, tags };
    collector.add(origin, `${name.runId}#${name.attempt}`, { type: 'training.run.annotated', data });
  }
}

const describedBy = ({ name, project, branch, startTime }: WandbRun) => ({
  ...(name !== undefined && { name: name.slice(0, 512) }),
  ...(project !== undefined && { projectId: project.slice(0, 256) }),
  ...(branch && { forkedFrom: { ...branch, runId: runIdOf({ runId: branch.runId, project }) } }),
  ...(startTime !== undefined && { time: rfc3339(startTime) }),
});

/** The commit and the accelerators in any of the records. */
function machineOf({ run, records }: WandbFile) {
  const machines = records.flatMap((record) => (record.kind === 'machine' ? [record] : []));
  const revision = run?.commit ?? machines.flatMap(({ commit }) => (commit ? [commit] : []))[0];
  const hardware = machines.flatMap(({ gpu }) => gpu ?? [])[0];
  return {
    ...(revision !== undefined && { code: { revision: revision.slice(0, 256) } }),
    ...(hardware !== undefined && { hardware: hardware.slice(0, 1024) }),
  };
}

/** The configuration of a run with its later changes, without the internal keys of W&B. */
function configOf(start: Values, records: WandbFile['records']): Record<string, unknown> {
  const changes = records.flatMap((record) => (record.kind === 'config' ? record.config : []));
  return Object.fromEntries(
    [...start, ...changes].filter(([key]) => key !== '_wandb' && !key.startsWith('_wandb.')),
  );
}

function endAttempt(
  collector: FactCollector,
  { runId, attempt }: AttemptName,
  log: WandbFile,
  points: readonly Point[],
): void {
  const exit = log.records.find((record) => record.kind === 'exit');
  if (exit?.kind !== 'exit') {
    collector.findings.warn('end_not_recorded', `${log.path}: no record states that the run ended`);
    return;
  }
  const [last] = lastStep(points);
  collector.add({ sha256: log.sha256, pointer: `record:${exit.at}` }, `${runId}#${attempt}`, {
    type: 'training.run.ended',
    data: {
      runId,
      attempt,
      status: exit.code === 0 ? 'completed' : 'failed',
      ...(last !== undefined && { lastStep: last }),
      ...(exit.code !== 0 && { reason: `exit code ${exit.code}` }),
    },
  });
}

/** The highest step in a list; empty if there is no step. */
function lastStep(points: readonly Point[]): [number] | [] {
  const last = points.reduce((high, { step }) => (isStep(step) && step > high ? step : high), -1);
  return last < 0 ? [] : [last];
}

/** Warns about missing steps. W&B drops rows that are logged below the current step. */
function reportStepGaps(path: string, points: readonly Point[], findings: Findings): void {
  const steps = [...new Set(points.flatMap(({ step }) => (isStep(step) ? [step] : [])))].toSorted(
    (a, b) => a - b,
  );
  for (const { from, to, missing } of stepGapsIn(steps)) {
    findings.warn('steps_missing', `${path}: steps ${from} to ${to} are not in the history`, missing);
  }
}
